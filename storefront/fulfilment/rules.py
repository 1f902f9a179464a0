"""What a seller does next with a part of an order, and how parcels are named."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from storefront.atlas.rules import fold_digits
from storefront.order.rules import SellerOrderState

LONGEST = 60
# Where a parcel is followed. India Post and DTDC take a number only in a form on their page.
_FOLLOWED_AT = {
    "India Post": "https://www.indiapost.gov.in/_layouts/15/dop.portal.tracking/trackconsignment.aspx",
    "Delhivery": "https://www.delhivery.com/track/package/{number}",
    "DTDC": "https://www.dtdc.in/tracking.asp",
    "Blue Dart": "https://www.bluedart.com/trackdartresultthirdparty?trackFor=0&trackNo={number}",
    "Ekart": "https://ekartlogistics.com/shipmenttrack/{number}",
    "Xpressbees": "https://www.xpressbees.com/shipment/tracking?awbNo={number}",
}
# Only suggestions: a seller may hand the parcel to anybody.
CARRIERS = tuple(_FOLLOWED_AT)
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


def tracking_link(carrier: str, number: str) -> str:
    """Return where a carrier tells how far a parcel is; nothing of a carrier we do not know."""
    return _FOLLOWED_AT.get(carrier, "").format(number=quote(number, safe=""))
