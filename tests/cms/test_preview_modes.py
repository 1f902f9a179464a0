"""An editor looks at a draft sold out, in stock, in the other language, dressed for a festival."""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, Revision

from cms.pages.base import BasePage
from cms.pages.home import HomePage
from cms.pages.standard import StandardPage
from cms.pages.stories import StoryIndexPage, StoryPage
from cms.publish import write_collection
from cms.reads import StoryReads
from storefront.catalogue.models import Product
from storefront.partner.models import StockRecord
from tests.factories.catalogue import make_artisan, make_picture, make_product
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)

STOCK = {"in-stock": ("In stock", True), "sold-out": ("Sold out", False)}


def looked_at(editor: Client, page: BasePage, mode: str) -> str:
    """Return what an editor sees of a page's draft in a mode, from the form as it was saved."""
    shown = page.get_latest_revision_as_object().make_preview_request(
        original_request=editor.get("/cms/").wsgi_request, preview_mode=mode
    )
    assert shown.status_code == 200
    assert "private" in shown["Cache-Control"]
    return str(shown.content.decode())


@pytest.fixture
def few() -> Product:
    """A product of which two are left."""
    return make_product(stock=2, pictures=[make_picture()])


def pages_with(product: Product) -> dict[str, BasePage]:
    """Return a page of each kind that bears products, with this one on it."""
    maker = make_artisan()
    Product.objects.filter(pk=product.pk).update(artisan=maker)
    return {
        "story": make_story([product]),
        "collection": write_collection(
            "lamps", language="en", title="Lamps", intro="Lamps.", picks=[product.pk]
        ),
        "maker": make_artisan_page(maker),
        "district": make_district_page(),
        "craft": make_craft_page(),
        "home": HomePage.objects.get(locale__language_code="en"),
    }


@pytest.mark.parametrize("mode", STOCK)
@pytest.mark.parametrize("kind", ["story", "collection", "maker", "district", "craft", "home"])
def test_a_page_is_looked_at_with_everything_in_stock_or_sold_out(
    editor: Client, client: Client, few: Product, kind: str, mode: str
) -> None:
    page = pages_with(few)[kind]
    words, can_be_bought = STOCK[mode]
    before = client.get(page.address).content.decode()

    html = looked_at(editor, page, mode)

    after = client.get(page.address).content.decode()
    assert "Only 2 left" in before
    assert "Only 2 left" not in html
    assert "Brass lota" in html
    assert (words in html) == (mode == "sold-out" or kind == "story")
    if kind == "story":
        assert ("Add to basket" in html) == can_be_bought
    assert after == before
    assert StockRecord.objects.get().num_in_stock == 2


def test_what_is_found_by_rule_is_gone_when_all_is_sold_out(editor: Client, few: Product) -> None:
    page = write_collection(
        "all", language="en", title="All", intro="All.", picks=[], district=few.district
    )

    assert "Brass lota" in looked_at(editor, page, "in-stock")
    assert "Nothing of this can be bought just now" in looked_at(editor, page, "sold-out")


def test_a_preview_shows_the_draft_in_the_real_theme_and_stores_nothing(
    editor: Client, few: Product
) -> None:
    story = make_story([few])
    story.title = "Not yet told"
    story.save_revision()
    rows = [Page, Revision, StockRecord, StoryReads]
    before = [list(model.objects.order_by("pk").values()) for model in rows]

    for mode, _name in story.preview_modes:
        html = looked_at(editor, StoryPage.objects.get(), mode)
        assert "<style>@layer reset" in html, mode
        assert "data-read" not in html, mode
        if mode != "other":
            assert "<h1>Not yet told</h1>" in html, mode

    assert [list(model.objects.order_by("pk").values()) for model in rows] == before


def test_the_other_language_is_the_newest_draft_of_the_translation(editor: Client) -> None:
    english, hindi = make_story(), make_story(language="hi")
    hindi.title = "अभी अनकहा"
    hindi.save_revision()

    shown = looked_at(editor, english, "other")
    back = looked_at(editor, hindi, "other")

    assert "<h1>अभी अनकहा</h1>" in shown
    assert '<html lang="hi"' in shown
    assert "<h1>Sand, fire and a small chisel</h1>" in back


def test_without_a_translation_the_preview_says_so(editor: Client) -> None:
    english, hindi = make_story(slug="one"), make_story(slug="two", language="hi")

    assert "This page has no Hindi translation yet." in looked_at(editor, english, "other")
    assert "इस पन्ने का अंग्रेज़ी अनुवाद अभी नहीं है।" in looked_at(editor, hindi, "other")


def test_a_page_wears_the_clothes_of_a_festival(editor: Client, client: Client) -> None:
    story = make_story()
    home = HomePage.objects.get(locale__language_code="en")

    assert 'data-skin="holi"' in looked_at(editor, story, "skin-holi")
    assert "<h2>Holi</h2>" in looked_at(editor, home, "skin-holi")
    assert "data-skin" not in looked_at(editor, story, "skin-nothing")
    assert "data-skin" not in client.get(story.address).content.decode()


@pytest.mark.parametrize("mode", ["", "in-stock", "sold-out", "skin-holi"])
def test_a_preview_costs_little_more_than_the_page(
    editor: Client, client: Client, few: Product, mode: str
) -> None:
    story = make_story([few, make_product()])
    client.get(story.address)
    request = editor.get("/cms/").wsgi_request

    with CaptureQueriesContext(connection) as queries:
        story.make_preview_request(original_request=request, preview_mode=mode)

    shop = [each for each in queries if "catalogue_product" in each["sql"]]
    assert len(shop) == 1
    # Whom it names is asked, too, and who of them agrees to it.
    assert len(queries) <= 19


def test_pages_without_products_offer_no_stock(editor: Client) -> None:
    for page in (
        StoryIndexPage.objects.get(locale__language_code="en"),
        StandardPage.objects.get(slug="about", locale__language_code="en"),
    ):
        modes = [mode for mode, _name in page.preview_modes]
        assert modes[:2] == ["", "other"]
        assert "sold-out" not in modes


def test_the_editors_form_offers_the_modes(editor: Client, few: Product) -> None:
    story = make_story([few])
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    draft = reverse("wagtailadmin_pages:view_draft", args=[story.pk])

    for words in ("As it is now", "Everything sold out", "In Hindi", "At Holi"):
        assert words in page
    assert editor.get(draft, {"mode": "nothing"}).status_code in {200, 403}


def test_a_page_that_a_cache_keeps_is_not_mistaken_for_its_draft(
    editor: Client, client: Client, settings: Any
) -> None:
    settings.PAGES_KEPT_SECONDS = 1000
    story = make_story()
    client.get(story.address)
    story.title = "Not yet told"
    story.save_revision()

    assert "<h1>Not yet told</h1>" in looked_at(editor, StoryPage.objects.get(), "")
    assert "Not yet told" not in client.get(story.address).content.decode()
    caches["pages"].clear()
