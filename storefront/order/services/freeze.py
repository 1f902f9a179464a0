"""Freezing what was taken off an order's lines by which offer."""

from collections.abc import Mapping, Sequence

from storefront.core.inserted import insert
from storefront.discounts.rules import Discount
from storefront.order.models import Line, Order, OrderDiscount, OrderLineDiscount


def write_discounts(
    order: Order, discounts: Sequence[Discount], of_basket: Mapping[int, Line]
) -> None:
    """Write each discount, and its part of each line; `of_basket` finds a basket line's line."""
    rows = insert(
        OrderDiscount(
            order=order,
            category=OrderDiscount.SHIPPING if each.is_on_delivery else OrderDiscount.BASKET,
            offer_id=each.offer_id,
            offer_name=each.name,
            voucher_id=each.voucher_id,
            voucher_code=each.code,
            frequency=each.times,
            amount=each.amount,
        )
        for each in discounts
    )
    insert(
        OrderLineDiscount(
            line=of_basket[basket_line], order_discount=row, is_incl_tax=True, amount=part
        )
        for row, each in zip(rows, discounts, strict=True)
        for basket_line, part in each.parts.items()
    )
