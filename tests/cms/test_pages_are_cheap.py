"""Public pages: few queries, however much they show; nothing personal, so that caches keep them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from storefront.catalogue.models import Artisan, Product
from tests.factories.catalogue import make_artisan, make_district, make_picture, make_product
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)

pytestmark = pytest.mark.usefixtures("season_is_known")
ADDRESSES = {
    "/en/": 12,
    "/en/districts/": 4,
    "/en/districts/moradabad/": 15,
    "/en/crafts/": 4,
    "/en/crafts/brassware/": 15,
    "/en/makers/": 5,
    "/en/makers/maker-0/": 15,
    "/en/stories/": 6,
    "/en/stories/story-0/": 15,
    "/hi/stories/story-0/": 15,
    "/en/help/": 3,
}


@pytest.fixture
def busy_site() -> list[Product]:
    """Six products with pictures, two makers, four stories with all six, in both languages."""
    makers: list[Artisan] = [
        make_artisan(name_en=f"Maker {number}", portrait=make_picture()) for number in range(2)
    ]
    products = [make_product(artisan=maker, pictures=[make_picture()]) for maker in makers * 3]
    make_district("Aligarh", "अलीगढ़")
    for language in ("en", "hi"):
        make_district_page(language=language)
        make_craft_page(language=language)
        for maker in makers:
            make_artisan_page(maker, language=language)
        for number in range(4):
            make_story(products, slug=f"story-{number}", language=language, cover=make_picture())
    return products


def test_every_page_is_cheap_and_the_same_for_everybody(
    client: Client, busy_site: list[Product]
) -> None:
    asked = {}
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        asked[address] = len(queries)

        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "cookie" not in response.get("Vary", "").lower(), address
        assert response["Cache-Control"].startswith("public"), address
        assert "csrfmiddlewaretoken" not in response.content.decode(), address

    assert {page: asked[page] for page, most in ADDRESSES.items() if asked[page] > most} == {}
    # The first page's map asks for the shop's counts, which every list keeps for it otherwise.
    assert (asked["/en/"], asked["/en/stories/story-0/"]) == (9, 5)


def test_a_signed_in_reader_gets_the_same_page_as_a_guest(client: Client, editor: Client) -> None:
    make_story([make_product()])
    address = "/en/stories/sand-fire-and-a-small-chisel/"

    assert editor.get(address).content == client.get(address).content


def test_a_story_of_three_products_costs_as_much_as_one_of_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    products = [make_product(pictures=[make_picture()]) for _ in range(3)]
    make_story(products[:1], slug="one")
    make_story(products, slug="three")
    make_story(products, slug="four", district=make_district("Aligarh", "अलीगढ़"), craft=None)

    with django_assert_num_queries(4):
        client.get("/en/stories/one/")
    with django_assert_num_queries(4):
        client.get("/en/stories/three/")
