"""The shop's address: strange filters, caches, and what a page costs."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.html import escape

from storefront.catalogue.models import Product
from storefront.catalogue.queries.filters import Group, Wish
from storefront.catalogue.queries.shop import PAGE_SIZE, shop_page
from tests.catalogue.pages import notices, titles
from tests.factories.catalogue import (
    make_artisan,
    make_picture,
    make_product,
    make_seller,
)

pytestmark = pytest.mark.django_db

Budget = Callable[[int], Any]


STRANGE = ["nope", "🪔", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 10_000]


@pytest.mark.parametrize("key", list(Group))
@pytest.mark.parametrize("value", STRANGE)
def test_an_unknown_name_is_left_out_and_said(
    client: Client, bazaar: dict[str, Product], key: str, value: str
):
    response = client.get(f"/en/shop/?{key}={quote(value)}&price_to=250")

    shown = escape(value[:40])
    assert response.status_code == 200
    assert titles(response) == ["Toy"]
    assert notices(response) == [f"We do not know “{shown}”, so we left it out."]
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "key", ["price_from", "price_to", "sort", "page", "in_stock", "ready", "colour", "x"]
)
@pytest.mark.parametrize("value", STRANGE)
def test_nothing_in_an_address_breaks_the_shop(
    client: Client, bazaar: dict[str, Product], key: str, value: str
):
    response = client.get(f"/en/shop/?{key}={quote(value)}")

    assert response.status_code == 200
    assert "Saree" in titles(response)
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("path", ["/en/shop/", "/hi/shop/?craft=toys", "/en/shop/?district=nope"])
def test_the_shop_may_be_kept_by_caches(
    client: Client, bazaar: dict[str, Product], path: str, django_user_model: Any
):
    client.force_login(django_user_model.objects.create_user("asha@example.com", "pw"))

    response = client.get(path)

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Cache-Control"].startswith("public")
    assert response["ETag"]
    assert b"csrf" not in response.content


def test_a_known_page_is_not_sent_again(client: Client, bazaar: dict[str, Product]):
    tag = client.get("/en/shop/")["ETag"]

    again = client.get("/en/shop/", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_the_shop_is_only_read(client: Client):
    assert client.post("/en/shop/").status_code == 405


@pytest.mark.usefixtures("season_is_known")
@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_three_queries(client: Client, django_assert_num_queries: Budget, number: int):
    maker = make_artisan()
    for _ in range(number):
        make_product(artisan=maker, pictures=[make_picture(), make_picture()])

    with django_assert_num_queries(3):
        response = client.get("/en/shop/")

    assert len(titles(response)) == number


@pytest.mark.usefixtures("season_is_known")
def test_a_full_page_with_every_filter_keeps_the_budget(
    client: Client, django_assert_max_num_queries: Budget
):
    maker, seller = make_artisan(), make_seller()
    make_product(artisan=make_artisan("Ram Prasad", "राम प्रसाद"), seller=seller)
    for _ in range(PAGE_SIZE):
        make_product(artisan=maker, seller=seller, pictures=[make_picture()])

    with django_assert_max_num_queries(4):
        response = client.get(
            "/en/shop/?craft=brassware&district=moradabad&maker=shabana-parveen"
            "&price_from=1&price_to=9999&in_stock=1&sort=price"
        )

    assert len(titles(response)) == PAGE_SIZE


def test_an_empty_shop_says_so(client: Client):
    response = client.get("/en/shop/")

    assert response.status_code == 200
    assert '<p role="status">0 products</p>' in response.content.decode()
    assert notices(response) == []


def test_cards_show_renditions_and_the_original_while_there_are_none(client: Client):
    product = make_product(pictures=[make_picture()])
    with_renditions = client.get("/en/shop/").content.decode()
    picture = product.images.get().image
    picture.renditions.all().delete()
    without = client.get("/en/shop/").content.decode()

    assert re.search(
        r'<source type="image/avif" srcset="[^"]+\.width-\d+\.[^"]+\.avif 40w"', with_renditions
    )
    assert re.search(r'<img src="[^"]+\.width-328\.[^"]+\.webp" width="40"', with_renditions)
    assert f'<img src="{picture.file.url}" width="40" height="50" alt="A brass lota"' in without


def test_what_is_asked_for_comes_back_corrected():
    make_product(is_live=True)

    page = shop_page(Wish(crafts=("brassware", "nope"), page=7))

    assert page.unknown == ("nope",)
    assert page.wish == Wish(crafts=("brassware",), page=1)
    assert page.pages == 1
