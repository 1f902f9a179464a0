"""Changing what an order costs after it was placed, because it is paid another way."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import QuerySet

from storefront.core.money import ZERO, rupees
from storefront.gst.rules import rate_for, split_inclusive
from storefront.order.models import Line, Order, OrderDiscount, SellerOrder
from storefront.partner.rules import SellerKind


def charge_more(order: Order, charges: Mapping[SellerOrder, Decimal]) -> None:
    """
    Add to what delivery costs of each part, in rupees; with the order locked.

    A negative charge takes off. For what paying at the door costs: the courier takes it from the
    seller, as it does for delivery.
    """
    total = sum(charges.values(), ZERO)
    for part, charge in charges.items():
        if charge:
            part.shipping_charge += charge
            part.save(update_fields=["shipping_charge"])
    if any(charges.values()):
        _add(order, total, total)


def prepaid_of(order: Order) -> Decimal:
    """Return the discount that an order has for being paid online, in rupees."""
    return sum(_prepaid(order).values_list("amount", flat=True), ZERO)


def take_back_prepaid(order: Order) -> Decimal:
    """
    Take back the discount for paying online, because the order is paid at the door.

    Return what it was, in rupees. Each line is taxed anew at its higher price.
    """
    given = _prepaid(order)
    lines = order.lines.filter(discounts__order_discount__in=given).distinct()
    off = ZERO
    for line in lines.select_related("product", "seller_order__seller").order_by("pk"):
        rows = line.discounts.filter(order_discount__in=given)
        part = sum(rows.values_list("amount", flat=True), ZERO)
        before = line.line_price_excl_tax
        _price_anew(line, line.line_price_incl_tax + part)
        seller_order = SellerOrder.objects.get(lines=line)
        seller_order.items_total += part
        seller_order.save(update_fields=["items_total"])
        _add(order, part, line.line_price_excl_tax - before, is_delivery=False)
        off += part
    given.delete()
    return off


def _prepaid(order: Order) -> QuerySet[OrderDiscount]:
    """Return the discounts that no offer gave; there is one at most."""
    found: QuerySet[OrderDiscount] = order.discounts.filter(offer_id=None, voucher_id=None)
    return found


def _price_anew(line: Line, price: Decimal) -> None:
    seller, product = line.seller_order.seller, line.product  # type: ignore[union-attr]  # null only in Oscar's lines
    rate = line.gst_rate
    if seller.kind == SellerKind.REGULAR and product is not None:
        rate = rate_for(product.gst_rule, unit_price=price / line.quantity)
    split = split_inclusive(
        price, rate=rate, within_state=seller.state_id == line.order.place_of_supply_id
    )
    line.gst_rate, line.tax_code = rate, f"{line.hsn}@{rate}"
    line.taxable, line.cgst, line.sgst, line.igst = (
        split.taxable,
        split.cgst,
        split.sgst,
        split.igst,
    )
    line.line_price_incl_tax, line.line_price_excl_tax = price, split.taxable
    line.save(
        update_fields=[
            "gst_rate",
            "tax_code",
            "taxable",
            "cgst",
            "sgst",
            "igst",
            "line_price_incl_tax",
            "line_price_excl_tax",
        ]
    )


def _add(order: Order, incl: Decimal, excl: Decimal, *, is_delivery: bool = True) -> None:
    order.total_incl_tax = rupees(order.total_incl_tax + incl)
    order.total_excl_tax = rupees(order.total_excl_tax + excl)
    if is_delivery:
        order.shipping_incl_tax = rupees(order.shipping_incl_tax + incl)
        order.shipping_excl_tax = rupees(order.shipping_excl_tax + excl)
    order.save(
        update_fields=[
            "total_incl_tax",
            "total_excl_tax",
            "shipping_incl_tax",
            "shipping_excl_tax",
        ]
    )
