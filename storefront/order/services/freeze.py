"""Freezing what an order's lines cost apiece, and what was taken off by which offer."""

from collections import Counter
from collections.abc import Mapping, Sequence

from storefront.core.inserted import insert
from storefront.core.money import share
from storefront.discounts.rules import Discount
from storefront.order.models import Line, LinePrice, Order, OrderDiscount, OrderLineDiscount


def write_prices(order: Order, lines: Sequence[Line]) -> None:
    """Write what was paid for the pieces of each line; the paise of a share add up to it."""
    insert(
        LinePrice(
            order=order,
            line=line,
            quantity=quantity,
            price_incl_tax=paid,
            price_excl_tax=taxable,
            tax_code=line.tax_code,
        )
        for line in lines
        for (paid, taxable), quantity in Counter(
            zip(
                share(line.line_price_incl_tax, [1] * line.quantity),
                share(line.line_price_excl_tax, [1] * line.quantity),
                strict=True,
            )
        ).items()
    )


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
