"""Every page stays within its number of SQL queries, in a shop that has something to show."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from oscar.apps.catalogue.reviews.models import ProductReview
from oscar.apps.offer.models import ConditionalOffer

from cms.festivals import Festival
from cms.navigation import menus
from cms.planting import plant_site
from cms.publish import write_tag
from storefront.accounts.models import User
from storefront.catalogue.models import Artisan, Product
from storefront.checkout.services import place_order
from storefront.core.clock import now, today
from storefront.order.models import Order
from storefront.partner.models import Partner
from tests.factories.catalogue import make_artisan, make_picture, make_product, make_seller
from tests.factories.offers import make_offer, make_range, make_voucher
from tests.factories.orders import make_order
from tests.factories.pages import make_artisan_page, make_district_page, make_story
from tests.factories.purchase import make_basket, make_buyer, make_post

BUDGETS: dict[str, int] = tomllib.loads(
    (settings.BASE_DIR / "benchmarks" / "budgets.toml").read_text(encoding="utf-8")
)["queries"]
PUBLIC = {
    "home": "/en/",
    "district": "/en/districts/moradabad/",
    "list": "/en/shop/?district=moradabad&craft=brassware&in_stock=1&price_from=1&price_to=9999",
    "search": "/en/search/?q=lota",
    "story": "/en/stories/story-0/",
    "journal": "/en/stories/",
    "tag": "/en/stories/tag/rivers/",
    "api_list": "/api/v1/products?limit=24",
}
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Shop:
    """What the pages show."""

    sellers: list[Partner]
    makers: list[Artisan]
    products: list[Product]


@pytest.fixture
def shop() -> Shop:
    """Three sellers and makers, and twenty-four products with pictures."""
    plant_site()
    menus("en")  # a worker asks for it once a minute
    make_post()
    pictures = [make_picture() for _ in range(4)]
    makers = [make_artisan(f"Maker {number}", portrait=pictures[number]) for number in range(3)]
    sellers = [make_seller(f"Seller {number}") for number in range(3)]
    products = [
        make_product(
            seller=sellers[number % 3],
            artisan=makers[number % 3],
            pictures=[pictures[number % 4], pictures[(number + 1) % 4]],
        )
        for number in range(24)
    ]
    return Shop(sellers, makers, products)


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def shown(client: Client, address: str) -> int:
    """Return the queries of a page that must be there."""

    def look() -> None:
        assert client.get(address).status_code == 200, address

    return queries_of(look)


def over_budget(asked: dict[str, int]) -> dict[str, str]:
    return {
        page: f"{number} queries, {BUDGETS[page]} allowed"
        for page, number in asked.items()
        if number > BUDGETS[page]
    }


def write_pages(shop: Shop) -> None:
    Festival.objects.create(
        name_en="Holi", skin="holi", first_day=today(), last_day=today(), picture=make_picture()
    )
    make_district_page()
    for maker in shop.makers:
        make_artisan_page(maker)
    tags = [write_tag("Rivers", "नदियाँ"), write_tag("Fire", "आग")]
    for number in range(24):
        make_story(shop.products[:6], slug=f"story-{number}", cover=make_picture(), tags=tags)


def test_the_public_pages_and_the_api_list_keep_their_budgets(client: Client, shop: Shop) -> None:
    write_pages(shop)
    asked = {page: shown(client, address) for page, address in PUBLIC.items()}

    product = shop.products[0]
    buyer = User.objects.create_user("asha@example.org", "a long pass phrase")
    ProductReview.objects.create(
        product=product, user=buyer, score=5, title="Good", body="Rings well.", status=1
    )
    asked["product"] = shown(client, product.get_absolute_url())
    pin = f"{product.get_absolute_url()}delivery/?pin=226001"
    asked["delivery"] = queries_of(lambda: client.get(pin, headers={"X-Part": "answer"}))

    assert over_budget(asked) == {}


def test_buying_ten_lines_of_three_sellers_keeps_its_budgets(client: Client, shop: Shop) -> None:
    basket = make_basket(*shop.products[:10])
    client.cookies["zila_basket"] = basket.token
    asked = {
        "basket": shown(client, "/en/basket/"),
        "basket_pin": shown(client, "/en/basket/?pin=226001"),
        "checkout": shown(client, "/en/checkout/"),
        "placing": queries_of(
            lambda: place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
        ),
    }
    order = Order.objects.get()
    asked["order"] = shown(client, f"/en/orders/{order.token}/")

    assert order.lines.count() == 10
    assert over_budget(asked) == {}


def test_ten_offers_on_five_lines_keep_their_budgets(client: Client, shop: Shop) -> None:
    offers = [
        make_offer(value=1, on=make_range(*shop.products[:5]), max_user_applications=9)
        for _ in range(10)
    ]
    for offer in offers:
        offer.combinations.set(offers)
    basket = make_basket(*shop.products[:5])
    basket.vouchers.add(make_voucher("DIWALI10"))
    ConditionalOffer.objects.exclude(pk__in=[each.pk for each in offers]).update(priority=-1)
    client.cookies["zila_basket"] = basket.token
    asked = {
        "basket_offers": shown(client, "/en/basket/"),
        "placing_offers": queries_of(
            lambda: place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
        ),
    }

    assert Order.objects.get().discounts.count() == 10
    assert over_budget(asked) == {}


def test_a_sellers_list_of_orders_keeps_its_budget(client: Client, shop: Shop) -> None:
    seller = shop.sellers[0]
    user = User.objects.create_user("meera@example.org", "a long pass phrase")
    seller.users.add(user)
    client.force_login(user)
    for _ in range(5):
        make_order(*shop.products[:6])

    asked = {"seller_orders": shown(client, "/seller/orders/")}

    assert over_budget(asked) == {}


def test_no_budget_is_without_a_test() -> None:
    tested = {*PUBLIC, "product", "basket", "checkout", "placing", "order", "seller_orders"}
    tested |= {"basket_offers", "placing_offers", "basket_pin", "delivery"}

    assert set(BUDGETS) == tested
