"""What the box suggests while somebody types: JSON, the same for everybody."""

import gzip
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.test import Client

from storefront.search.queries import vocabulary
from storefront.search.services import collect_terms
from tests.factories.catalogue import make_artisan, make_product

pytestmark = pytest.mark.django_db
SCRIPT = django_settings.BASE_DIR / "themes" / "base" / "static" / "base" / "suggest.js"


def suggest(client: Client, typed: str, language: str = "en") -> Any:
    return client.get(f"/{language}/search/suggest/?q={quote(typed)}")


def test_a_craft_a_maker_and_a_product_are_suggested_with_their_addresses(client: Client):
    product = make_product(artisan=make_artisan())
    collect_terms()

    craft = suggest(client, "bra").json()["suggestions"][0]
    maker = suggest(client, "shab").json()["suggestions"][0]
    hindi = suggest(client, "peetal ka lo", "hi").json()["suggestions"]

    assert craft == {"text": "Brassware", "kind": "Craft", "url": "/en/crafts/brassware/"}
    assert (maker["text"], maker["kind"]) == ("Shabana Parveen", "Maker")
    assert [(each["text"], each["url"]) for each in hindi] == [
        ("पीतल का लोटा", f"/hi/shop/brass-lota-{product.pk}/")
    ]


def test_caches_may_keep_them_and_no_cookie_is_set(client: Client):
    response = suggest(client, "bra")

    assert response["Cache-Control"] == "public, max-age=55"
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert client.post("/en/search/suggest/?q=bra").status_code == 405


def test_while_the_words_are_kept_the_database_is_not_asked(
    client: Client, django_assert_num_queries: Any, settings: Any
):
    make_product()
    collect_terms()
    vocabulary()
    settings.COUNTS_KEPT_SECONDS = 1000

    with django_assert_num_queries(0):
        assert suggest(client, "lot").json()["suggestions"]


@pytest.mark.parametrize(
    "typed", ["", "🪔", "' OR 1=1; --", "<script>alert(1)</script>", "x" * 10_000, "\\", "%s"]
)
def test_nothing_that_is_typed_breaks_them(client: Client, typed: str):
    response = suggest(client, typed)

    assert response.status_code == 200
    assert response.json() == {"suggestions": []}


def test_the_script_is_small_and_the_box_works_without_it(client: Client):
    html = client.get("/en/search/").content.decode()

    assert len(gzip.compress(SCRIPT.read_bytes())) <= 1500
    assert 'data-suggest="/static/base/suggest.js"' in html
    assert '<form class="search" role="search" action="/en/search/">' in html
