"""What sending a parcel costs today."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from storefront.catalogue.rules import Box
from storefront.core.clock import today
from storefront.core.kept import kept
from storefront.partner.rules import SellerKind, may_sell_to
from storefront.shipping.models import ShippingRate
from storefront.shipping.rules import (
    FAR_STATES,
    Packed,
    Rate,
    Zone,
    arrival,
    charged_g,
    rate_for_parcel,
    zone_between,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Delivery of one seller's parcel: charge in rupees with GST, days on the road."""

    zone: Zone
    charge: Decimal
    days_min: int
    days_max: int

    def days_text(self, today: date, *, lead_days: int) -> str:
        """Return the days between which a parcel ordered today arrives: 2–5 December."""
        first, last = arrival(
            today, lead_days=lead_days, days_min=self.days_min, days_max=self.days_max
        )
        if first == last:
            return date_format(last, "j F")
        same_month = (first.year, first.month) == (last.year, last.month)
        between = "–" if same_month else " – "
        return date_format(first, "j" if same_month else "j F") + between + date_format(last, "j F")


@dataclass(frozen=True, slots=True)
class Reach:
    """What one thing costs to send to some states, by their code; without any: to the others."""

    charge: Decimal
    days_min: int
    days_max: int
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of one day."""

    rates: dict[Zone, list[Rate]]

    def quote(self, *, seller_state: str, buyer_state: str, weight_g: int) -> Quote:
        """
        Return what a parcel costs between two states (GST codes), by the weight it is charged for.

        Raises:
            TooHeavy: no rates are kept.
        """
        zone = zone_between(seller_state, buyer_state)
        rate = rate_for_parcel(weight_g, self.rates.get(zone, []))
        return Quote(zone, rate.charge, rate.days_min, rate.days_max)


def reaches(*, weight_g: int, box: Box | None, seller_kind: str, seller_state: str) -> list[Reach]:
    """
    Return what a thing sent alone costs, nearest zone first; one query, or none while it is kept.

    `seller_state` is the code of the state it is sent from, such as UP.
    """
    zones: dict[Zone, tuple[str, ...]] = {Zone.STATE: (seller_state,)}
    if may_sell_to(SellerKind(seller_kind), seller_state=seller_state, buyer_state=""):
        zones |= {Zone.INDIA: (), Zone.FAR: tuple(FAR_STATES.values())}
    rates, grams = rate_table(today()).rates, charged_g([Packed(weight_g, box)])
    found = []
    for zone, regions in zones.items():
        if rates.get(zone):
            rate = rate_for_parcel(grams, rates[zone])
            found.append(Reach(rate.charge, rate.days_min, rate.days_max, regions))
    return found


@kept("RATES_KEPT_SECONDS")
def rate_table(day: date) -> RateTable:
    """Return the newest rates that are valid on a day; one query, kept for seconds."""
    newest: dict[tuple[Zone, int], Rate] = {}
    for row in ShippingRate.objects.filter(valid_from__lte=day).order_by("valid_from", "pk"):
        rate = Rate(row.up_to_g, row.charge, row.days_min, row.days_max)
        newest[Zone(row.zone), row.up_to_g] = rate
    table: dict[Zone, list[Rate]] = {}
    for (zone, _), rate in newest.items():
        table.setdefault(zone, []).append(rate)
    return RateTable(table)
