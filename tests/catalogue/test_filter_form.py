"""Reading filters from an address, and writing them back."""

import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from storefront.catalogue.forms import address, pairs, read_wish
from storefront.catalogue.queries.filters import Sort, Wish


def test_an_empty_address_asks_for_everything():
    assert read_wish(QueryDict("")) == (Wish(), [])


def test_an_untouched_form_asks_for_everything():
    query = QueryDict("sort=featured&price_from=&price_to=&craft=")

    assert read_wish(query) == (Wish(), [])


def test_every_filter_is_read():
    query = QueryDict(
        "craft=brass&craft=wood&district=agra&maker=ram-prasad&material=silk&colour=red"
        "&seller=the-workshop&country=in&price_from=500&price_to=2500"
        "&in_stock=1&ready=1&gi=1&sort=-price&page=3"
    )

    wish, notes = read_wish(query)

    assert wish == Wish(
        crafts=("brass", "wood"),
        districts=("agra",),
        makers=("ram-prasad",),
        materials=("silk",),
        colours=("red",),
        sellers=("the-workshop",),
        countries=("in",),
        price_from=Decimal(500),
        price_to=Decimal(2500),
        in_stock=True,
        ready=True,
        gi=True,
        sort=Sort.PRICE_DOWN,
        page=3,
    )
    assert notes == []


@pytest.mark.parametrize("typed", ["1500", "₹1,500", "१५००", " 1 500 ", "1500.00"])
def test_prices_are_read_as_people_type_them(typed: str):
    query = QueryDict(mutable=True)
    query["price_from"] = typed

    wish, notes = read_wish(query)

    assert wish.price_from == Decimal(1500)
    assert notes == []


@pytest.mark.parametrize(
    "typed", ["abc", "-5", "1e9", "NaN", "9" * 40, "12.345", "' OR 1=1 --", "🪔"]
)
def test_a_senseless_price_is_left_out_and_said(typed: str):
    query = QueryDict(mutable=True)
    query["price_to"] = typed

    wish, notes = read_wish(query)

    assert wish == Wish()
    assert notes == [f"“{typed}” is no price in rupees, so we left it out."]


def test_prices_the_wrong_way_round_are_turned():
    wish, notes = read_wish(QueryDict("price_from=900&price_to=100"))

    assert (wish.price_from, wish.price_to) == (Decimal(100), Decimal(900))
    assert len(notes) == 1


@pytest.mark.parametrize("typed", ["0", "-1", "two", "1.5", "9999999", "%00"])
def test_a_senseless_page_is_the_first_one(typed: str):
    wish, notes = read_wish(QueryDict(f"page={typed}"))

    assert wish.page == 1
    assert notes == ["We do not know this page, so we show the first one."]


def test_an_unknown_order_is_ours():
    wish, notes = read_wish(QueryDict("sort=rating;drop table"))

    assert wish.sort == Sort.FEATURED
    assert notes == ["We do not know this order, so we show our choice first."]


def test_names_that_cannot_be_slugs_are_left_out_and_said_in_one_sentence():
    query = QueryDict(mutable=True)
    query.setlist("maker", ["\x00", "<script>", "ram-prasad", "x" * 5000, "a'b", "ram-prasad"])

    wish, notes = read_wish(query)

    assert wish.makers == ("ram-prasad",)
    assert notes == [f"We do not know “”, “<script>”, “{'x' * 40}”, so we left it out."]


def test_not_more_than_twenty_names_are_looked_up():
    query = QueryDict("&".join(f"maker=m-{number}" for number in range(21)))

    wish, notes = read_wish(query)

    assert len(wish.makers) == 20
    assert notes == ["At most 20 names fit into one filter."]


def test_a_wish_survives_being_written_and_read():
    wish = Wish(
        crafts=("brass", "wood"),
        price_from=Decimal("499.50"),
        materials=("silk",),
        in_stock=True,
        gi=True,
        sort=Sort.NEW,
    )

    again, notes = read_wish(QueryDict(address("", pairs(wish)).removeprefix("?")))

    assert (again, notes) == (wish, [])


def test_the_pictures_of_pages_ask_only_for_filters_that_there_are():
    camera = Path(__file__).resolve().parents[1] / "browser" / "look.py"
    source = camera.read_text(encoding="utf-8").replace("{place}", "agra")
    asked = re.findall(r"""shop/\?([^\s"']+)""", source)

    assert len(asked) == 2
    assert [pairs(read_wish(QueryDict(each))[0]) for each in asked] == [
        parse_qsl(each) for each in asked
    ]
