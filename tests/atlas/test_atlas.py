"""Places: all 75 districts, and where a PIN code lies."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation
from oscar.apps.address.models import Country

from storefront.atlas import services
from storefront.atlas.models import (
    Craft,
    District,
    DistrictProduct,
    Pincode,
    PinPrefix,
    State,
)
from storefront.atlas.queries import pin_facts
from storefront.shipping.models import ShippingRate
from storefront.shipping.queries import rate_table

pytestmark = pytest.mark.django_db


def test_there_are_75_districts_with_names_in_both_languages_and_a_division() -> None:
    districts = list(District.objects.all())

    assert len(districts) == 75
    for field in ("slug", "name_en", "name_hi", "map_code", "lgd_code"):
        assert len({getattr(district, field) for district in districts}) == 75, field
    assert all("\u0900" <= district.name_hi[0] <= "\u097f" for district in districts)
    assert len({district.division for district in districts}) == 18


def test_no_two_districts_share_a_tile_of_the_map() -> None:
    tiles = set(District.objects.values_list("tile_row", "tile_column"))

    assert len(tiles) == 75
    assert max(row for row, _ in tiles) <= 12
    assert max(column for _, column in tiles) <= 13


def test_every_district_lies_in_uttar_pradesh() -> None:
    for district in District.objects.all():
        assert Decimal("23.8") < district.latitude < Decimal("30.5"), district
        assert Decimal("77.0") < district.longitude < Decimal("84.7"), district


def test_a_name_is_told_in_the_language_of_the_moment() -> None:
    with translation.override("hi"):
        assert str(District.objects.get(slug="lucknow")) == "लखनऊ"


def test_every_district_is_listed_for_something_at_a_price_range() -> None:
    listed = DistrictProduct.objects.select_related("district")

    assert {row.district.slug for row in listed} == set(
        District.objects.values_list("slug", flat=True)
    )
    assert all(0 < row.price_min < row.price_max for row in listed)
    assert all(row.hsn and row.name_hi for row in listed)


@pytest.mark.parametrize(
    ("pin", "district"),
    [
        ("226001", "lucknow"),
        ("282001", "agra"),
        ("221001", "varanasi"),
        ("244001", "moradabad"),
        ("208001", "kanpur-nagar"),
        ("201301", "gautam-buddha-nagar"),
    ],
)
def test_a_pin_tells_the_district(pin: str, district: str) -> None:
    facts = pin_facts(pin)

    assert facts.district == District.objects.get(slug=district).name
    assert facts.allows("09")


@pytest.mark.parametrize(
    ("pin", "states"),
    [
        ("110001", {"07"}),
        ("560001", {"29"}),
        ("160017", {"04", "03"}),
        ("160055", {"03"}),
        ("244713", {"05"}),
        ("194101", {"38"}),
        ("682555", {"31"}),
    ],
)
def test_a_pin_tells_the_state_and_the_longest_prefix_decides(pin: str, states: set[str]) -> None:
    assert {state.code for state in pin_facts(pin).states} == states


@pytest.mark.parametrize("pin", ["010001", "12345", "299001", "900001", "मकान"])
def test_a_pin_where_no_post_goes_is_not_known(pin: str) -> None:
    assert not pin_facts(pin).is_known


def test_every_pin_of_a_district_may_lie_in_uttar_pradesh() -> None:
    states: dict[str, set[str]] = {}
    for prefix, state in PinPrefix.objects.values_list("prefix", "state_id"):
        states.setdefault(prefix, set()).add(state)

    outside = [
        pin
        for pin in Pincode.objects.values_list("pin", flat=True)
        if "09" not in next(states[pin[:n]] for n in (6, 3, 2) if pin[:n] in states)
    ]

    assert outside == []
    assert Pincode.objects.count() == 1665


def test_every_state_is_there_with_its_tax() -> None:
    assert State.objects.count() == 36
    assert State.objects.get(pk="09").iso == "IN-UP"
    union_territories = State.objects.filter(intra_state_tax=State.Tax.UTGST)
    assert {state.pk for state in union_territories} == {"04", "26", "31", "35", "38"}


def test_loading_again_changes_nothing() -> None:
    models = (State, District, Craft, DistrictProduct, Pincode, PinPrefix, ShippingRate)
    before = [list(model.objects.order_by("pk").values()) for model in models]

    call_command("load_atlas", stdout=StringIO())

    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def test_a_changed_row_is_brought_up_to_date() -> None:
    Craft.objects.filter(slug="chikankari").update(name_hi="कुछ और")

    call_command("load_atlas", stdout=StringIO())

    assert Craft.objects.get(slug="chikankari").name_hi == "चिकनकारी"


def test_a_pin_that_is_no_longer_listed_goes() -> None:
    services.load_pincodes(
        [
            {
                "pin": "226001",
                "district": "lucknow",
                "post_office": "GPO",
                "latitude": "",
                "longitude": "",
            }
        ]
    )

    assert list(Pincode.objects.values_list("pin", flat=True)) == ["226001"]


def test_a_prefix_can_pass_from_one_state_to_another() -> None:
    services.load_pin_prefixes([{"prefix": "244", "states": "05"}])

    assert list(PinPrefix.objects.values_list("prefix", "state_id")) == [("244", "05")]


def test_parcels_go_to_india_only() -> None:
    Country.objects.create(iso_3166_1_a2="NP", name="Nepal", is_shipping_country=True)

    call_command("load_atlas", stdout=StringIO())

    assert list(Country.objects.filter(is_shipping_country=True).values_list("pk", flat=True)) == [
        "IN"
    ]


def test_delivery_costs_more_the_farther_and_the_heavier() -> None:
    rates = rate_table(date(2026, 11, 1))

    def charge(state: str, grams: int) -> Decimal:
        return rates.quote(seller_state="09", buyer_state=state, weight_g=grams).charge

    assert [charge(state, 400) for state in ("09", "07", "18")] == [50, 80, 120]
    assert [charge("07", grams) for grams in (501, 1500, 4000, 20_000)] == [120, 190, 360, 800]
    assert charge("07", 45_000) == 2400
