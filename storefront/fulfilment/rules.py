"""What a seller does next with a part of an order, and how parcels are named."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from storefront.atlas.rules import fold_digits
from storefront.order.rules import SellerOrderState

LONGEST = 60
# Only suggestions: a seller may hand the parcel to anybody.
CARRIERS = ("India Post", "Delhivery", "DTDC", "Blue Dart", "Ekart", "Xpressbees")
_KNOWN = {carrier.casefold(): carrier for carrier in CARRIERS}
_TRACKING_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9/-]*")


class Action(StrEnum):
    """What a seller does with a part."""

    PACK = "pack"
    SHIP = "ship"


_NEXT = {SellerOrderState.ACCEPTED: Action.PACK, SellerOrderState.PACKED: Action.SHIP}
TO_DO = frozenset(_NEXT)
ARRIVED = frozenset({SellerOrderState.DELIVERED, SellerOrderState.CLOSED})


def next_action(state: SellerOrderState) -> Action | None:
    """Return what the seller has to do with a part in this state, if anything."""
    return _NEXT.get(state)


def counts_as_arrived_at(shipped_at: datetime, *, days: int) -> datetime:
    """Return when a parcel that left then counts as arrived, if nobody says anything."""
    return shipped_at + timedelta(days=days)


def clean_carrier(text: str) -> str:
    """Return a carrier's name on one line; a known one is spelt as everybody spells it."""
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return _KNOWN.get(name.casefold(), name)


def clean_tracking_number(text: str) -> str:
    """Return a tracking number without blanks, in capitals, with Latin digits."""
    return "".join(fold_digits(text).split()).upper()


def is_tracking_number(cleaned: str) -> bool:
    """Return whether only letters, digits, hyphens and strokes are in it, and not too many."""
    return len(cleaned) <= LONGEST and bool(_TRACKING_NUMBER.fullmatch(cleaned))
