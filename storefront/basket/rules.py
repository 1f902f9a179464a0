"""What can be wrong with a basket, and how much it holds."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MOST_OF_ONE = 50
MOST_VOUCHERS = 5


@dataclass(frozen=True, slots=True)
class Touches:
    """Through which stories a piece came into the basket, by their keys: the first and the last."""

    first: UUID | None = None
    last: UUID | None = None

    def then(self, story: UUID | None) -> "Touches":
        """Return what is known after the buyer has taken the piece once more, out of a story."""
        return self.joined(Touches(story, story))

    def joined(self, later: "Touches") -> "Touches":
        """Return both as one, when a second line of the same piece joins an older one."""
        return Touches(self.first or later.first, later.last or self.last)


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
