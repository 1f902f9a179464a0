"""What sending a parcel costs today."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format

from storefront.core.kept import kept
from storefront.shipping.models import ShippingRate
from storefront.shipping.rules import Rate, Zone, arrival, rate_for_parcel, zone_between


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
class RateTable:
    """The rates of one day."""

    rates: dict[Zone, list[Rate]]

    def quote(self, *, seller_state: str, buyer_state: str, weight_g: int) -> Quote:
        """
        Return what a parcel costs between two states (GST codes).

        Raises:
            TooHeavy: no rates are kept.
        """
        zone = zone_between(seller_state, buyer_state)
        rate = rate_for_parcel(weight_g, self.rates.get(zone, []))
        return Quote(zone, rate.charge, rate.days_min, rate.days_max)


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
