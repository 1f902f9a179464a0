"""Which zone a parcel goes to and what it weighs for the carrier."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storefront.core.refusals import Refusal

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


class TooHeavy(Refusal):
    """No rate is kept for so heavy a parcel."""

    code = "parcel-too-heavy"


def zone_between(seller_state: str, buyer_state: str) -> Zone:
    """Return the zone between two states (GST codes)."""
    if seller_state == buyer_state:
        return Zone.STATE
    return Zone.FAR if buyer_state in FAR_STATES else Zone.INDIA


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
