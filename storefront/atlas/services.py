"""Taking reference data in: states, districts, crafts, PIN codes. Loading twice changes nothing."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import translation

from storefront.atlas.models import (
    Craft,
    District,
    DistrictProduct,
    Pincode,
    PinPrefix,
    State,
    UnservedPin,
)

# The columns of a row have the names of the file's head line.
Row = Mapping[str, str]
BATCH = 1000


def load_states(rows: Iterable[Row]) -> int:
    """Take in the states of India; return how many rows there were."""
    states = [
        State(
            code=row["code"],
            iso=row["iso"],
            intra_state_tax=row["intra_state_tax"],
            **_names(row),
        )
        for row in rows
    ]
    with translation.override("en"):
        State.objects.bulk_create(
            states,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["iso", "intra_state_tax", "name", "name_en", "name_hi"],
        )
    return len(states)


def load_districts(rows: Iterable[Row]) -> int:
    """Take in the districts; return how many rows there were."""
    columns = (
        "map_code",
        "division",
        "headquarters",
        "former_names",
        "latitude",
        "longitude",
        "lgd_code",
        "tile_row",
        "tile_column",
    )
    districts = [
        District(slug=row["slug"], **_names(row), **{name: row[name] for name in columns})
        for row in rows
    ]
    with translation.override("en"):
        District.objects.bulk_create(
            districts,
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=[*columns, "name", "name_en", "name_hi"],
        )
    return len(districts)


def load_crafts(rows: Iterable[Row]) -> int:
    """Take in the crafts; return how many rows there were."""
    words = [
        f"{field}{language}" for field in ("making", "care") for language in ("", "_en", "_hi")
    ]
    crafts = [
        Craft(
            slug=row["slug"],
            family=row["family"],
            colour=row["colour"],
            **_names(row),
            **{name: row.get(name, row.get(f"{name}_en", "")) for name in words},
        )
        for row in rows
    ]
    with translation.override("en"):
        Craft.objects.bulk_create(
            crafts,
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["family", "colour", "name", "name_en", "name_hi", *words],
        )
    return len(crafts)


def load_listed_products(rows: Iterable[Row]) -> int:
    """
    Take in what each district is listed for, prices in rupees; return how many rows there were.

    Raises:
        KeyError: a district that was not loaded.
    """
    districts = _ids_of_districts()
    columns = ("rank", "family", "hsn", "gst_rate", "gst_rule", "listed_since", "gi_name")
    listed = [
        DistrictProduct(
            district_id=districts[row["district"]],
            price_min=Decimal(row["price_min"]),
            price_max=Decimal(row["price_max"]),
            **_names(row),
            **{name: row[name] for name in columns},
        )
        for row in rows
    ]
    changing = [name for name in columns if name != "rank"]
    with translation.override("en"):
        DistrictProduct.objects.bulk_create(
            listed,
            update_conflicts=True,
            unique_fields=["district", "rank"],
            update_fields=[*changing, "price_min", "price_max", "name", "name_en", "name_hi"],
        )
    return len(listed)


@transaction.atomic
def load_pincodes(rows: Iterable[Row]) -> int:
    """
    Take in the PIN codes of Uttar Pradesh and drop those that are no longer listed.

    Raises:
        KeyError: a district that was not loaded.
    """
    districts = _ids_of_districts()
    pins = [
        Pincode(
            pin=row["pin"],
            district_id=districts[row["district"]],
            post_office=row["post_office"],
            latitude=row["latitude"] or None,
            longitude=row["longitude"] or None,
        )
        for row in rows
    ]
    Pincode.objects.bulk_create(
        pins,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pin"],
        update_fields=["district", "post_office", "latitude", "longitude"],
    )
    Pincode.objects.exclude(pin__in=[each.pin for each in pins]).delete()
    return len(pins)


@transaction.atomic
def load_pin_prefixes(rows: Iterable[Row]) -> int:
    """
    Take in which states the first digits of a PIN can lie in, several apart by "|".

    Whoever asks goes by the longest prefix that is listed: six digits before three before two.
    """
    wanted = {(row["prefix"], state) for row in rows for state in row["states"].split("|")}
    known = {
        (prefix, state): pk
        for pk, prefix, state in PinPrefix.objects.values_list("pk", "prefix", "state_id")
    }
    gone = [pk for key, pk in known.items() if key not in wanted]
    PinPrefix.objects.filter(pk__in=gone).delete()
    PinPrefix.objects.bulk_create(
        (
            PinPrefix(prefix=prefix, state_id=state)
            for prefix, state in sorted(wanted - known.keys())
        ),
        batch_size=BATCH,
    )
    return len(wanted)


def plant_unserved_pins(rows: Iterable[Row]) -> int:
    """Give a shop without any its first PIN codes that are not served; return how many."""
    first = [
        UnservedPin(
            prefix=row["prefix"],
            reason_en=row["reason_en"],
            reason_hi=row["reason_hi"],
            first_day=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        )
        for row in rows
    ]
    if not UnservedPin.objects.exists():
        UnservedPin.objects.bulk_create(first)
    return len(first)


def _ids_of_districts() -> dict[str, int]:
    return dict(District.objects.values_list("slug", "pk"))


def _names(row: Row) -> dict[str, str]:
    """Return the name in both languages, and in the column that other libraries read."""
    return {"name": row["name_en"], "name_en": row["name_en"], "name_hi": row["name_hi"]}
