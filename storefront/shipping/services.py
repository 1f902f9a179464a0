"""Keeping what delivery costs, and which countries parcels go to."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from oscar.apps.address.models import Country

from storefront.core.kept import forget
from storefront.shipping.models import ShippingRate
from storefront.shipping.queries import rate_table


def load_rates(rows: Iterable[Mapping[str, str]]) -> int:
    """
    Take in a table of delivery charges, in rupees, each valid from its own day.

    Newer tables are loaded beside older ones: past orders keep what they were quoted.
    Loading the same table twice changes nothing. Returns how many rows there were.
    """
    rates = [
        ShippingRate(
            zone=row["zone"],
            up_to_g=int(row["up_to_g"]),
            charge=Decimal(row["charge"]),
            days_min=int(row["days_min"]),
            days_max=int(row["days_max"]),
            valid_from=date.fromisoformat(row["valid_from"]),
        )
        for row in rows
    ]
    ShippingRate.objects.bulk_create(
        rates,
        update_conflicts=True,
        unique_fields=["zone", "up_to_g", "valid_from"],
        update_fields=["charge", "days_min", "days_max"],
    )
    forget(rate_table)
    return len(rates)


def deliver_within_india() -> None:
    """Let parcels go to addresses in India, and nowhere else."""
    Country.objects.update_or_create(
        iso_3166_1_a2="IN",
        defaults={
            "iso_3166_1_a3": "IND",
            "iso_3166_1_numeric": "356",
            "printable_name": "India",
            "name": "Republic of India",
            "display_order": 1,
            "is_shipping_country": True,
        },
    )
    Country.objects.exclude(iso_3166_1_a2="IN").update(is_shipping_country=False)
