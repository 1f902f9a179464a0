"""What other front ends suggest under a search box."""

from urllib.parse import quote

import pytest

from storefront.search.services import collect_terms
from tests.api.conftest import Caller
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db


def test_a_craft_and_a_product_are_suggested_in_the_readers_language(api: Caller) -> None:
    product = make_product()
    collect_terms()

    craft = api.get("search/suggestions?q=bra").json()["items"][0]
    [lota] = api.get("search/suggestions?q=peetal+lo&lang=hi").json()["items"]

    assert (craft["text"], craft["kind"]) == ("Brassware", "craft")
    assert craft["url"].endswith("/en/crafts/brassware/")
    assert (lota["text"], lota["kind"]) == ("पीतल का लोटा", "product")
    assert lota["url"].endswith(f"/hi/shop/brass-lota-{product.pk}/")


def test_caches_may_keep_suggestions(api: Caller) -> None:
    assert api.get("search/suggestions?q=bra")["Cache-Control"] == "public, max-age=55"


@pytest.mark.parametrize("typed", ["", "🪔", "' OR 1=1; --", "\x07", "x" * 10_000])
def test_what_says_nothing_suggests_nothing(api: Caller, typed: str) -> None:
    answer = api.get(f"search/suggestions?q={quote(typed)}")

    assert answer.status_code == 200
    assert answer.json() == {"items": []}
