"""What search engines and messengers read of a product is what its page says."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from storefront.catalogue.models import Product
from storefront.catalogue.rules import Box
from storefront.core.money import grouped
from storefront.partner.rules import SellerKind
from storefront.shipping.rules import FAR_STATES
from storefront.shipping.services import load_rates
from tests.catalogue.pages import hreflangs, linked_data, told_to_sharers
from tests.factories.catalogue import make_picture, make_product, make_seller

pytestmark = pytest.mark.django_db
RATES = (("state", 50, 2, 4), ("india", 80, 3, 7), ("far", 120, 6, 12))


def no_stories(product: Product) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return []


@pytest.fixture(autouse=True)
def _rates(settings: Any) -> None:
    settings.STORIES_OF_PRODUCT = f"{__name__}.no_stories"
    load_rates(
        {
            "zone": zone,
            "up_to_g": "1000",
            "charge": str(charge),
            "days_min": str(least),
            "days_max": str(most),
            "valid_from": "2025-10-01",
        }
        for zone, charge, least, most in RATES
    )


def shown(client: Client, product: Product) -> Any:
    return client.get(product.get_absolute_url())


def test_what_sending_costs_is_told_for_each_zone(client: Client):
    page = shown(client, make_product(weight_g=900))

    told = linked_data(page)["offers"]["shippingDetails"]

    assert [each["shippingRate"]["value"] for each in told] == ["50.00", "80.00", "120.00"]
    assert [each["shippingDestination"].get("addressRegion") for each in told] == [
        ["UP"],
        None,
        list(FAR_STATES.values()),
    ]
    times = [each["deliveryTime"] for each in told]
    assert [each["transitTime"]["maxValue"] for each in times] == [4, 7, 12]
    assert {each["handlingTime"]["maxValue"] for each in times} == {2}
    assert "Delivery from ₹50" in page.content.decode()


def test_a_heavier_piece_costs_more_to_send(client: Client):
    page = shown(client, make_product(weight_g=1500))

    assert linked_data(page)["offers"]["shippingDetails"][0]["shippingRate"]["value"] == "100.00"
    assert "Delivery from ₹100" in page.content.decode()


def test_a_bulky_piece_is_sent_for_what_its_room_costs(client: Client):
    box = Box(Decimal(30), Decimal(20), Decimal(10))  # 6,000 cm³: 1.2 kg, two parcels up to 1 kg
    page = shown(client, make_product(weight_g=400, box=box))

    assert linked_data(page)["offers"]["shippingDetails"][0]["shippingRate"]["value"] == "100.00"
    assert "Delivery from ₹100" in page.content.decode()
    assert "<dt>Packed size</dt><dd>30 × 20 × 10 cm (11.8 × 7.9 × 3.9 in)</dd>" in (
        page.content.decode()
    )


def test_who_may_sell_in_one_state_only_sends_nowhere_else(client: Client):
    seller = make_seller(kind=SellerKind.ENROLLED)

    told = linked_data(shown(client, make_product(seller=seller)))["offers"]["shippingDetails"]

    assert [each["shippingDestination"]["addressRegion"] for each in told] == [["UP"]]


def test_what_is_made_to_order_leaves_when_it_is_made(client: Client):
    page = shown(client, make_product(lead_days=25))

    [time, *_] = [each["deliveryTime"] for each in linked_data(page)["offers"]["shippingDetails"]]
    assert time["handlingTime"]["maxValue"] == 25
    assert "Made to order, sent in 25 days" in page.content.decode()


def test_returns_are_promised_as_the_page_promises_them(client: Client, settings: Any):
    settings.RETURN_DAYS, settings.PAYOUT_AFTER_DAYS = 10, 14
    page = shown(client, make_product())

    policy = linked_data(page)["offers"]["hasMerchantReturnPolicy"]

    assert policy["merchantReturnDays"] == 10
    assert policy["itemCondition"] == "https://schema.org/DamagedCondition"
    assert policy["merchantReturnLink"] == "http://testserver/en/returns/"
    assert "Tell us within 10 days" in page.content.decode()
    assert 'href="/en/returns/"' in page.content.decode()


def test_price_and_words_are_those_of_the_page(client: Client):
    product = make_product(price="123456.50", title_en="Lota & <b>lid</b>")
    page = shown(client, product)

    told = linked_data(page)

    assert grouped(Decimal(told["offers"]["price"])) in page.content.decode()
    assert told["name"] == "Lota & <b>lid</b>"
    assert "<b>lid</b>" not in page.content.decode()


def test_no_rating_is_told_without_a_review(client: Client):
    assert "aggregateRating" not in linked_data(shown(client, make_product()))


def test_the_way_back_up_is_the_one_on_the_page(client: Client):
    page = shown(client, make_product())

    way = linked_data(page, "BreadcrumbList")["itemListElement"]

    assert [(step["position"], step["name"], step.get("item")) for step in way] == [
        (1, "Shop", "http://testserver/en/shop/"),
        (2, "Brassware", "http://testserver/en/crafts/brassware/"),
        (3, "Brass lota", None),
    ]


def test_a_shared_product_shows_its_name_and_its_largest_picture(client: Client):
    product = make_product(pictures=[make_picture()])
    page = shown(client, product)

    card = told_to_sharers(page)

    assert card["og:title"] == "Brass lota"
    assert card["og:description"] == "Cast in one piece and turned by hand."
    assert card["og:url"] == f"http://testserver{product.get_absolute_url()}"
    assert card["og:image"] == linked_data(page)["image"][0]
    assert card["og:image"].startswith("http://testserver/media/")
    assert (card["og:image:alt"], card["twitter:card"]) == ("A brass lota", "summary_large_image")


@pytest.mark.parametrize("path", ["/{}/shop/", "/{}/shop/brass-lota-{}/"])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_each_language_names_itself_the_other_and_the_default(
    client: Client, language: str, path: str
):
    product = make_product()

    found = hreflangs(client.get(path.format(language, product.pk)))

    english = f"http://testserver{path.format('en', product.pk)}"
    assert found == {"en": english, "hi": english.replace("/en/", "/hi/"), "x-default": english}
