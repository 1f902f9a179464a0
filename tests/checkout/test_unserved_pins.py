"""Where no parcel goes, every door says so, with the reason, before anybody pays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from fixtures.content import table
from storefront.atlas.models import Pincode, UnservedPin
from storefront.atlas.queries import pin_facts
from storefront.atlas.services import plant_unserved_pins
from storefront.basket.session import COOKIE
from storefront.core.clock import today
from storefront.order.models import Order
from tests.factories.cash import make_terms
from tests.factories.catalogue import make_product
from tests.factories.purchase import address_form, make_basket, make_post, make_unserved

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SAID = "No parcels go to Lucknow, 226001 at present. The bridge is broken."
ELSEWHERE = "Please give an address somewhere else."


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()
    make_terms()


def answer_to(client: Client, pin: str = "226001") -> str:
    """Return what a product's page answers to a PIN code."""
    product = make_product()
    address = reverse("product-delivery", args=[product.slug, product.pk])
    return client.get(address, {"pin": pin}, headers={"X-Part": "answer"}).content.decode()


def test_the_pin_box_says_why_nothing_goes_there(client: Client) -> None:
    make_unserved()

    answer = answer_to(client)

    assert SAID in answer
    assert "Arrives" not in answer
    assert "Cash on delivery" not in answer
    assert "Arrives" in answer_to(client, "110001")


def test_the_reason_is_told_in_the_readers_language(client: Client) -> None:
    make_unserved()

    with override("hi"):
        answer = answer_to(client)

    assert "लखनऊ, 226001 में अभी पार्सल नहीं पहुँचते। पुल टूटा है।" in answer


@pytest.mark.parametrize(
    ("first", "last", "is_served"),
    [(0, None, False), (-9, 0, False), (0, 0, False), (-9, -1, True), (1, None, True)],
)
def test_the_first_and_the_last_day_count(first: int, last: int | None, is_served: bool) -> None:
    last_day = None if last is None else today() + last * DAY
    make_unserved(first_day=today() + first * DAY, last_day=last_day)

    facts = pin_facts("226001")

    assert facts.is_known
    assert facts.is_served == is_served
    assert facts.unserved_until == (None if is_served else last_day)


def test_the_last_day_is_told(client: Client) -> None:
    last_day = today() + 30 * DAY
    make_unserved(last_day=last_day)

    told = date_format(last_day, "j F Y")

    assert f"No parcels go to Lucknow, 226001 until {told}. The bridge" in answer_to(client)


@pytest.mark.parametrize(
    ("prefixes", "reason"),
    [
        (["226", "226001", "2260"], "226001"),
        (["2260", "226"], "2260"),
        (["110", "226002", "22602"], ""),
    ],
)
def test_the_longest_prefix_says_why(prefixes: list[str], reason: str) -> None:
    for prefix in prefixes:
        make_unserved(prefix, reason_en=prefix)

    assert pin_facts("226001").unserved_because == reason


def test_what_is_known_of_a_pin_is_one_query(django_assert_num_queries: Any) -> None:
    make_unserved()

    with django_assert_num_queries(1):
        assert pin_facts("226001").problem_text == SAID


def test_the_basket_says_so_and_prices_no_delivery(client: Client) -> None:
    make_unserved()
    client.cookies[COOKIE] = make_basket(make_product()).token

    page = client.get(reverse("basket"), {"pin": "226001"})

    assert SAID in page.content.decode()
    assert [row["text"] for row in page.context["sums"]] == ["₹1,450", "shown with your address"]
    assert client.cookies["zila_pin"].value == "226001"
    assert SAID in client.get(reverse("basket")).content.decode()


def test_the_checkout_says_so_as_soon_as_it_knows_the_pin(client: Client) -> None:
    make_unserved()
    client.cookies[COOKIE] = make_basket(make_product()).token
    client.cookies["zila_pin"] = "226001"

    page = client.get(reverse("checkout"))
    looked_up = client.post(reverse("checkout"), {"postcode": "226001", "look_up": "1"})

    for each in (page, looked_up):
        assert f"{SAID} {ELSEWHERE}" in each.content.decode()


def test_the_checkout_promises_neither_day_nor_price_where_nothing_goes(client: Client) -> None:
    make_unserved()
    client.cookies[COOKIE] = make_basket(make_product()).token

    refused = client.post(reverse("checkout"), address_form(way="cash"))
    elsewhere = client.post(reverse("checkout"), address_form(postcode="110001", look_up="1"))

    (group,) = refused.context["groups"]
    assert group["delivery_text"] == "not possible to this PIN code"
    assert group["delivery_date_text"] == ""
    assert [row["label"] for row in refused.context["sums"]] == ["Goods"]
    assert refused.context["pay_text"] == ""
    assert elsewhere.context["groups"][0]["delivery_date_text"]
    assert "To pay, GST included" in [row["label"] for row in elsewhere.context["sums"]]


def test_an_address_that_is_not_served_is_refused_and_another_is_taken(client: Client) -> None:
    make_unserved("226001")
    Pincode.objects.create(
        pin="226002", district=Pincode.objects.get().district, post_office="Lucknow"
    )
    client.cookies[COOKIE] = make_basket(make_product()).token

    refused = client.post(reverse("checkout"), address_form(way="cash"))
    there = Order.objects.count()
    taken = client.post(reverse("checkout"), address_form(way="cash", postcode="226002"))

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"postcode": [f"{SAID} {ELSEWHERE}"]}
    assert there == 0
    assert taken.status_code == 302
    assert Order.objects.get().shipping_address.postcode == "226002"


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"prefix": "22"}, "atlas_unserved_prefix_is_digits"),
        ({"prefix": "0226"}, "atlas_unserved_prefix_is_digits"),
        ({"last_day": date(2020, 1, 1)}, "atlas_unserved_ends_after_it_begins"),
        ({"prefix": "226"}, "atlas_unserved_once"),
    ],
)
def test_the_database_refuses_rows_that_make_no_sense(facts: dict[str, Any], broken: str) -> None:
    make_unserved("226")

    with pytest.raises(IntegrityError, match=broken):
        make_unserved(**{"prefix": "227"} | facts)


def test_demonstration_rows_are_planted_once() -> None:
    rows = table("unserved_pins")

    first = plant_unserved_pins(rows)
    UnservedPin.objects.filter(prefix="7443").delete()
    plant_unserved_pins(rows)

    assert first == len(rows)
    assert {each.prefix for each in UnservedPin.objects.all()} == {"172114", "68255"}
