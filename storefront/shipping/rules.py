"""Which zone a parcel goes to, what it weighs for the carrier, and when it leaves and arrives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil

from storefront.catalogue.rules import READY_STOCK_DAYS, Box
from storefront.core.refusals import Refusal

SUNDAY = 6
# Carriers count so much room as a kilogram.
CM3_PER_KG = 5000
# The North-East, Jammu & Kashmir, Ladakh and the islands: GST codes and the country's own.
FAR_STATES = {
    "01": "JK",
    "11": "SK",
    "12": "AR",
    "13": "NL",
    "14": "MN",
    "15": "MZ",
    "16": "TR",
    "17": "ML",
    "18": "AS",
    "31": "LD",
    "35": "AN",
    "38": "LA",
}


class Zone(StrEnum):
    """How far a parcel goes."""

    STATE = "state"
    INDIA = "india"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of the table: charge in rupees up to a weight in grams, days on the road."""

    up_to_g: int
    charge: Decimal
    days_min: int
    days_max: int


@dataclass(frozen=True, slots=True)
class Packed:
    """So many of one thing in a parcel: what one weighs in grams, and its size, if known."""

    weight_g: int
    box: Box | None
    quantity: int = 1


class TooHeavy(Refusal):
    """No rate is kept for so heavy a parcel."""

    code = "parcel-too-heavy"


def zone_between(seller_state: str, buyer_state: str) -> Zone:
    """Return the zone between two states (GST codes)."""
    if seller_state == buyer_state:
        return Zone.STATE
    return Zone.FAR if buyer_state in FAR_STATES else Zone.INDIA


def charged_g(pieces: Iterable[Packed]) -> int:
    """
    Return the grams that a carrier charges a parcel for: its weight or its room, whichever is more.

    Heavy pieces make up for bulky ones beside them. Of a piece whose packed size nobody told, the
    weight stands for the room. A fraction of a gram counts as one.
    Source: https://trackon.in/Home/VolumetricWeight, domestic surface mode.
    """
    found = list(pieces)
    room = sum(_room_g(each) * each.quantity for each in found)
    return max(sum(each.weight_g * each.quantity for each in found), ceil(room))


def _room_g(piece: Packed) -> Decimal:
    if piece.box is None:
        return Decimal(piece.weight_g)
    return piece.box.cm3 * 1000 / CM3_PER_KG


def rate_for_parcel(weight_g: int, rates: Sequence[Rate]) -> Rate:
    """
    Return the rate of a parcel; above the heaviest band it is charged as several parcels.

    Raises:
        TooHeavy: the table is empty.
    """
    if not rates:
        raise TooHeavy(str(weight_g))
    bands = sorted(rates, key=lambda rate: rate.up_to_g)
    for band in bands:
        if weight_g <= band.up_to_g:
            return band
    heaviest = bands[-1]
    parcels = -(-weight_g // heaviest.up_to_g)
    return Rate(weight_g, heaviest.charge * parcels, heaviest.days_min, heaviest.days_max)


def dispatch_by(today: date, *, lead_days: int) -> date:
    """Return the day a seller promises to send by: two working days, or the making time."""
    if lead_days:
        return today + timedelta(days=lead_days)
    day, left = today, READY_STOCK_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() != SUNDAY
    return day


def arrival(today: date, *, lead_days: int, days_min: int, days_max: int) -> tuple[date, date]:
    """
    Return the first and the last day on which a parcel ordered today should arrive.

    What is ready leaves tomorrow at the earliest; nobody brings parcels on a Sunday.
    """
    first = today + timedelta(days=(lead_days or 1) + days_min)
    last = dispatch_by(today, lead_days=lead_days) + timedelta(days=days_max)
    return _no_sunday(first), _no_sunday(last)


def _no_sunday(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day
