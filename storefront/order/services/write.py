"""Writing an order down: once, with everything frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from oscar.apps.address.models import Country

from storefront.accounts.models import User
from storefront.atlas.models import State
from storefront.basket.models import Basket
from storefront.basket.models import Line as BasketLine
from storefront.core.clock import INDIA
from storefront.core.money import ZERO, rupees
from storefront.core.references import order_number
from storefront.core.together import insert_together
from storefront.discounts.queries import Shopper
from storefront.discounts.rules import Discount
from storefront.discounts.services import take_usage
from storefront.gst.rules import TaxSplit, rate_for, split_inclusive
from storefront.order.models import Line, Order, SellerOrder, ShippingAddress
from storefront.order.rules import OrderState
from storefront.order.services.freeze import write_discounts
from storefront.partner.models import Partner
from storefront.partner.queries import terms_of
from storefront.partner.rules import SellerKind
from storefront.stock import services as stock

# Oscar writes its name into the address, and would ask for it at each order.
INDIA_ITSELF = Country(iso_3166_1_a2="IN", printable_name="India")


@dataclass(frozen=True, slots=True)
class Where:
    """Where a parcel goes and who receives it, as it is typed."""

    name: str
    phone: str
    line1: str
    line2: str
    town: str
    pin: str
    state: State

    def columns(self) -> dict[str, str]:
        """Return it as Oscar's addresses keep it, but for the country."""
        return {
            "first_name": self.name,
            "phone_number": self.phone,
            "line1": self.line1,
            "line2": self.line2,
            "line4": self.town,
            "state": self.state.name,
            "postcode": self.pin,
        }


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, and where it goes. `user` is empty for a guest."""

    email: str
    where: Where
    language: str
    user: User | None = None
    # The network address, as far as it is known
    came_from: str = ""


@dataclass(frozen=True, slots=True)
class PartDraft:
    """
    One seller's part: its basket lines, what each costs and what delivery costs, in rupees.

    The stock records of the lines are locked.
    """

    seller: Partner
    lines: Sequence[BasketLine]
    # What is paid for each basket line, by its id: after discounts.
    paid: Mapping[int, Decimal]
    shipping_charge: Decimal
    dispatch_by: date


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """All that is needed to write an order."""

    basket: Basket
    buyer: Buyer
    parts: Sequence[PartDraft]
    now: datetime
    payable_until: datetime
    discounts: Sequence[Discount] = ()


def write_order(draft: OrderDraft) -> Order:
    """
    Write the order, its seller orders and lines, and take the stock; inside a transaction.

    Raises:
        SoldOut: somebody was faster; nothing is written once the transaction is rolled back.
        UsedUp: likewise, of an offer or voucher.
        PriceInGap: a price that no GST rate allows.
    """
    address = _address(draft.buyer)
    order = _head(draft, address)
    wanted = [line for part in draft.parts for line in part.lines]
    stock.take(
        [stock.Pieces(line.stockrecord_id, line.quantity) for line in wanted],
        reference=order.number,
        basket_id=draft.basket.pk,
        now=draft.now,
        locked={line.stockrecord_id: line.stockrecord for line in wanted},
    )
    parts = _parts(order, draft)
    picked = [
        (seller_order, part, line)
        for seller_order, part in zip(parts, draft.parts, strict=True)
        for line in part.lines
    ]
    lines = [
        _line(order, seller_order, draft.buyer, line, part.paid[line.pk])
        for seller_order, part, line in picked
    ]
    # Oscar's "excl" columns hold the value without GST; the exact split is on the lines.
    order.total_excl_tax = sum((line.taxable for line in lines), order.shipping_excl_tax)
    insert_together([address], [order], parts, lines)
    if draft.discounts:
        of_basket = {each.pk: line for (_, _, each), line in zip(picked, lines, strict=True)}
        write_discounts(order, draft.discounts, of_basket)
        # Offers are everybody's rows: locked last, they are held for the shortest time.
        take_usage(order, discounts=draft.discounts, shopper=_shopper(draft.buyer), now=draft.now)
    return order


def _parts(order: Order, draft: OrderDraft) -> list[SellerOrder]:
    """Return each seller's part, with the terms of the day."""
    terms = terms_of((part.seller for part in draft.parts), on=draft.now.astimezone(INDIA).date())
    return [
        SellerOrder(
            order=order,
            seller_id=part.seller.pk,
            number=f"{order.number}-{index}",
            items_total=_items_total(part),
            shipping_charge=part.shipping_charge,
            dispatch_by=part.dispatch_by,
            commission_rate=terms[part.seller.pk].commission,
            commission_gst_rate=terms[part.seller.pk].commission_gst,
            tcs_rate=terms[part.seller.pk].tcs,
            tds_rate=terms[part.seller.pk].tds,
        )
        for index, part in enumerate(draft.parts, start=1)
    ]


def _shopper(buyer: Buyer) -> Shopper:
    return Shopper(buyer.user.pk if buyer.user else None, buyer.email)


def _address(buyer: Buyer) -> ShippingAddress:
    address = ShippingAddress(country=INDIA_ITSELF, **buyer.where.columns())
    # What the dashboard searches in; Oscar's own `save` would write it.
    address.search_text = address.join_fields(address.search_fields, separator=" ")
    return address


def _head(draft: OrderDraft, address: ShippingAddress) -> Order:
    """Return the order itself."""
    buyer = draft.buyer
    shipping = sum((part.shipping_charge for part in draft.parts), ZERO)
    goods = sum((_items_total(part) for part in draft.parts), ZERO)
    return Order(
        number=order_number(),
        site_id=1,
        basket_id=draft.basket.pk,
        basket_version=draft.basket.version,
        user=buyer.user,
        guest_email=buyer.email,
        currency="INR",
        total_incl_tax=goods + shipping,
        shipping_incl_tax=shipping,
        shipping_excl_tax=shipping,
        shipping_address=address,
        shipping_method="standard",
        shipping_code="standard",
        status=OrderState.PENDING_PAYMENT,
        date_placed=draft.now,
        language=buyer.language,
        place_of_supply_id=buyer.where.state.pk,
        payable_until=draft.payable_until,
    )


def _items_total(part: PartDraft) -> Decimal:
    return sum((part.paid[line.pk] for line in part.lines), ZERO)


def _taxed(buyer: Buyer, line: BasketLine, total: Decimal) -> tuple[Decimal, TaxSplit]:
    """
    Return the GST rate of a line in per cent, and what is paid for it taken apart.

    Of "three for two" all three have one price, a third of what is paid: no piece is free.
    Source: CBIC circular 92/11/2019.
    """
    rate = rate_for(line.product.gst_rule, unit_price=total / line.quantity)
    seller = line.stockrecord.partner
    if seller.kind != SellerKind.REGULAR:
        # Enrolled and composition sellers charge no tax.
        return ZERO, TaxSplit(taxable=total, cgst=ZERO, sgst=ZERO, igst=ZERO)
    within = seller.state_id == buyer.where.state.pk
    return rate, split_inclusive(total, rate=rate, within_state=within)


def _line(
    order: Order, seller_order: SellerOrder, buyer: Buyer, picked: BasketLine, paid: Decimal
) -> Line:
    price, quantity, record = picked.stockrecord.price, picked.quantity, picked.stockrecord
    full = price * quantity
    rate, split = _taxed(buyer, picked, paid)
    full_taxable = split.taxable if full == paid else _taxed(buyer, picked, full)[1].taxable
    return Line(
        order=order,
        seller_order=seller_order,
        partner_id=record.partner_id,
        partner_name=record.partner.name,
        partner_sku=record.partner_sku,
        stockrecord_id=record.pk,
        product_id=picked.product_id,
        title=picked.product.title_en,
        title_hi=picked.product.title_hi or "",
        upc=picked.product.upc,
        quantity=quantity,
        line_price_incl_tax=paid,
        line_price_excl_tax=split.taxable,
        line_price_before_discounts_incl_tax=full,
        line_price_before_discounts_excl_tax=full_taxable,
        unit_price_incl_tax=price,
        unit_price_excl_tax=rupees(full_taxable / quantity),
        tax_code=f"{picked.product.hsn}@{rate}",
        num_allocated=quantity,
        hsn=picked.product.hsn,
        gst_rate=rate,
        taxable=split.taxable,
        cgst=split.cgst,
        sgst=split.sgst,
        igst=split.igst,
        first_story=picked.first_story,
        last_story=picked.last_story,
    )
