"""How many addresses one person keeps, and what is taken off for paying online."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from storefront.core.money import ZERO, rupees
from storefront.discounts.rules import parts_of
from storefront.gst.rules import GstRule, is_in_gap

MOST_ADDRESSES = 20


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with what is paid for it, in rupees, and how it is taxed."""

    id: int
    price: Decimal
    quantity: int
    gst_rule: GstRule


def prepaid_parts(
    lines: Sequence[PricedLine], *, percent: Decimal, amount: Decimal
) -> dict[int, Decimal]:
    """
    Return what each line gives when an order is paid online, in rupees.

    Either `percent` of each line, rounded half up to paise, or its share of `amount` by price. A
    line that would come to a price for which GST has no rate gives nothing.
    """
    able = list(lines)
    while able:
        parts = _parts(able, percent, amount)
        stuck = {line.id for line in able if _is_stuck(line, parts.get(line.id, ZERO))}
        if not stuck:
            return parts
        able = [line for line in able if line.id not in stuck]
    return {}


def _is_stuck(line: PricedLine, part: Decimal) -> bool:
    return is_in_gap(line.gst_rule, unit_price=(line.price - part) / line.quantity)


def _parts(lines: Sequence[PricedLine], percent: Decimal, amount: Decimal) -> dict[int, Decimal]:
    prices = {line.id: line.price for line in lines}
    if amount:
        return parts_of(min(amount, sum(prices.values(), ZERO)), prices, room=prices)
    shares = {key: rupees(price * percent / 100) for key, price in prices.items()}
    return {key: part for key, part in shares.items() if part > ZERO}
