"""The basket says what delivery costs and when each parcel comes, once it knows the PIN code."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from oscar.apps.offer.models import Benefit, Condition

from storefront.atlas.models import PinPrefix
from storefront.basket.session import COOKIE
from storefront.catalogue.rules import Box
from storefront.partner.rules import SellerKind
from storefront.shipping.models import ShippingRate
from tests.factories.catalogue import make_product, make_seller, make_state
from tests.factories.offers import make_offer
from tests.factories.purchase import make_basket, make_post

pytestmark = pytest.mark.django_db
UNKNOWN = "shown with your address"


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def sums(page: Any) -> list[tuple[str, str]]:
    return [(row["label"], row["text"]) for row in page.context["sums"]]


def test_each_sellers_parcel_has_its_charge_and_days_and_they_add_up(client: Client) -> None:
    brass = make_product(seller=make_seller("Brass House"))
    silk = make_product(seller=make_seller("Silk House"), lead_days=20)
    client.cookies[COOKIE] = make_basket(brass, silk).token

    page = client.get(reverse("basket"), {"pin": "226001"})

    assert sums(page) == [
        ("Goods", "₹2,900"),
        ("Delivery", "₹120"),
        ("Together, GST included", "₹3,020"),
    ]
    groups = page.context["groups"]
    for group in groups:
        assert group["sums"][-1] == {"label": "Delivery", "text": "₹60"}
        assert group["delivery_date_text"].startswith("arrives ")
    assert groups[0]["delivery_date_text"] != groups[1]["delivery_date_text"]
    assert client.cookies["zila_pin"].value == "226001"
    assert client.get(reverse("basket")).context["sums"] == page.context["sums"]


def test_bulky_pieces_are_charged_by_their_room_and_heavy_ones_make_up_for_it(
    client: Client,
) -> None:
    seller = make_seller()
    box = Box(Decimal(50), Decimal(20), Decimal(20))  # 4 kg
    bulky = make_product(seller=seller, weight_g=900, box=box)
    heavy = make_product(seller=seller, weight_g=4100)
    two = make_basket(bulky, quantity=2)  # 8 kg of room, 1.8 kg
    both = make_basket(bulky, heavy)  # 8.1 kg of room, 5 kg
    alone = make_basket(heavy)

    charges = []
    for basket in (two, both, alone):
        client.cookies[COOKIE] = basket.token
        page = client.get(reverse("basket"), {"pin": "226001"})
        charges.append(dict(sums(page))["Delivery"])

    # ₹60 for up to 5 kg; above, for each 5 kg begun.
    assert charges == ["₹120", "₹120", "₹60"]


@pytest.mark.parametrize("pin", ["", "12", "999999", "110001"])
def test_without_one_state_the_sum_waits_for_the_address(client: Client, pin: str) -> None:
    PinPrefix.objects.create(prefix="110", state=make_state("09"))  # 110001 may be in either
    client.cookies[COOKIE] = make_basket(make_product()).token

    page = client.get(reverse("basket"), {"pin": pin})

    assert sums(page) == [("Goods", "₹1,450"), ("Delivery", UNKNOWN)]
    assert page.context["groups"][0]["delivery_date_text"] == "sent within two working days"


def test_a_wrong_pin_is_told_and_shown_again_unharmed(client: Client) -> None:
    client.cookies[COOKIE] = make_basket(make_product()).token

    page = client.get(reverse("basket"), {"pin": '"><script>'})

    assert "A PIN code has six digits and does not start with 0." in page.content.decode()
    assert b'"><script>' not in page.content
    assert "zila_pin" not in page.cookies


def test_who_may_not_sell_there_is_a_problem_with_the_way_to_the_line(client: Client) -> None:
    enrolled = make_seller("Lota House", kind=SellerKind.ENROLLED)
    basket = make_basket(make_product(seller=enrolled), make_product())
    client.cookies[COOKIE] = basket.token

    page = client.get(reverse("basket"), {"pin": "110001"})

    line = basket.lines.order_by("pk").first()
    assert line is not None
    assert page.context["problems"] == [
        {
            "text": "Lota House may only sell inside their own state. Please remove their pieces.",
            "url": f"/en/basket/#line-{line.pk}",
        }
    ]
    assert sums(page)[-1] == ("Delivery", UNKNOWN)
    assert page.context["groups"][0]["sums"][-1]["text"] == "not possible to this state"


def test_without_rates_the_basket_still_opens(client: Client) -> None:
    ShippingRate.objects.all().delete()
    client.cookies[COOKIE] = make_basket(make_product()).token

    page = client.get(reverse("basket"), {"pin": "226001"})

    assert sums(page)[-1] == ("Delivery", UNKNOWN)


def test_free_delivery_says_how_much_is_missing_until_it_is_reached(client: Client) -> None:
    make_offer(
        Benefit.SHIPPING_PERCENTAGE,
        100,
        condition=(Condition.VALUE, 2500),
        name="Free delivery / मुफ़्त डिलीवरी",
    )
    product = make_product()

    near, reached = make_basket(product), make_basket(product, quantity=2)
    pages = []
    for basket in (near, reached):
        client.cookies[COOKIE] = basket.token
        pages.append(client.get(reverse("basket"), {"pin": "226001"}))

    first, second = pages
    assert first.context["delivery_near"] == {
        "text": "₹1,050 more, and this is yours: Free delivery",
        "reached": "1450",
        "least": "2500",
    }
    assert second.context["delivery_near"] is None
    assert sums(second) == [
        ("Goods", "₹2,900"),
        ("Delivery", "₹60"),
        ("Free delivery", "-₹60"),
        ("Together, GST included", "₹2,900"),
    ]
