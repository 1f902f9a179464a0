"""What people allow us, beyond what an order needs."""

from enum import StrEnum

# Another date when the words that are agreed to change; docs/chapters/buyer.md keeps the old ones.
NOTICE = "2026-11"


class Purpose(StrEnum):
    """What a letter is for that nobody needs; letters about orders need no consent."""

    OFFERS = "offers"
