"""What can be wrong with a basket, and how much it holds."""

from enum import StrEnum

MOST_OF_ONE = 50
MOST_VOUCHERS = 5


class ProblemCode(StrEnum):
    """Why a line cannot be bought as it is."""

    WITHDRAWN = "withdrawn"
    SOLD_OUT = "sold-out"
    HELD = "held"
    NOT_ENOUGH = "not-enough"
    PRICE_CHANGED = "price-changed"
    TAX_GAP = "tax-gap"


def problem_of(
    *,
    is_live: bool,
    free: int,
    is_held: bool,
    quantity: int,
    price_moved: bool,
    in_gap: bool,
) -> ProblemCode | None:
    """
    Return the worst that is wrong with a line, if anything.

    `free` pieces the buyer may have; `is_held`: others are kept for somebody at the checkout.
    """
    if not is_live:
        return ProblemCode.WITHDRAWN
    if free <= 0:
        return ProblemCode.HELD if is_held else ProblemCode.SOLD_OUT
    if free < quantity:
        return ProblemCode.NOT_ENOUGH
    if price_moved:
        return ProblemCode.PRICE_CHANGED
    return ProblemCode.TAX_GAP if in_gap else None
