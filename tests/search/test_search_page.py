"""The search page: products, makers and stories by words of both languages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test import Client
from django.utils.html import escape

from storefront.atlas.models import Craft
from storefront.catalogue import services
from storefront.consent.services import withdraw
from storefront.core.clock import now
from storefront.search.models import Entry, Term
from storefront.search.queries import vocabulary
from storefront.search.queries.products import PAGE_SIZE
from storefront.search.services import MINUTES_A_DAY, collect_terms, index_a_share
from tests.factories.catalogue import (
    make_artisan,
    make_craft,
    make_district,
    make_picture,
    make_product,
    make_seller,
)
from tests.factories.consent import make_recorder

pytestmark = pytest.mark.django_db

Budget = Callable[[int], Any]


def story_shelf(question: Any) -> list[Any]:
    """Stand in the plug of whoever keeps stories: one story, of brass."""
    story = {"title": "Brass is beaten at dawn", "url": "/en/stories/dawn/", "summary": "…"}
    return [story] if "brass" in repr(question) else []


@pytest.fixture(autouse=True)
def _shelf(settings: Any) -> None:
    settings.STORY_SEARCH = f"{__name__}.story_shelf"


def ask(client: Client, words: str, *, language: str = "en", extra: str = "") -> Any:
    """Return the answer page."""
    return client.get(f"/{language}/search/?q={quote(words)}{extra}")


def titles(response: Any) -> list[str]:
    """Return the titles of the cards, as they are shown."""
    return [card.title for card in response.context["cards"]]


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("words", ["lota", "Lotas", "लोटा", "पीतल का लोटा", "brass lota"])
def test_words_of_either_language_find_it_in_either_language(
    client: Client, language: str, words: str
):
    product = make_product()
    make_product(title_en="Saree", title_hi="साड़ी", materials_en="Silk", materials_hi="रेशम")

    response = ask(client, words, language=language)

    assert [card.id for card in response.context["cards"]] == [product.pk]


@pytest.mark.parametrize("words", ["Varanasi", "वाराणसी", "Benares", "Silk", "रेशम"])
def test_place_old_name_and_material_find_it(client: Client, words: str):
    varanasi = make_district("Varanasi", "वाराणसी", former_names="Benares, Kashi")
    make_product(title_en="Saree", district=varanasi, materials_en="Silk", materials_hi="रेशम")
    make_product()

    assert titles(ask(client, words)) == ["Saree"]


def test_all_words_must_fit(client: Client):
    make_product(title_en="Brass lamp")
    make_product(title_en="Brass tray")

    assert titles(ask(client, "brass tray")) == ["Brass tray"]


def test_only_what_is_live_is_found(client: Client):
    make_product(is_live=False)
    services.withdraw(make_product())

    response = ask(client, "lota")

    assert titles(response) == []
    assert "Nothing found" in response.content.decode()


@pytest.mark.parametrize("words", ["Shabana", "शबाना"])
def test_makers_are_found_by_either_name(client: Client, words: str):
    make_artisan()
    make_artisan("Ram Prasad", "राम प्रसाद")

    response = ask(client, words)

    assert [maker.name for maker in response.context["makers"]] == ["Shabana Parveen"]
    assert "Nothing found" not in response.content.decode()


def test_stories_come_with_the_first_page(client: Client):
    html = ask(client, "Brass").content.decode()

    assert '<a href="/en/stories/dawn/">Brass is beaten at dawn</a>' in html


def test_an_empty_question_gets_a_friendly_page(client: Client):
    for path in ("/en/search/", "/en/search/?q=", "/en/search/?q=%20%20"):
        response = client.get(path)

        assert response.status_code == 200
        assert "<h1>What are you looking for?</h1>" in response.content.decode()


def test_a_long_question_is_cut_and_the_page_says_so(client: Client):
    response = ask(client, "lota " * 2_000)

    html = response.content.decode()
    assert response.status_code == 200
    assert '<p class="notice">That was long: we searched for its first 100 characters.</p>' in html
    assert len(response.context["query"]) <= 100


@pytest.mark.parametrize(
    "words",
    [
        "🪔🪔",
        "' OR 1=1; DROP TABLE catalogue_product; --",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "a & b | !c <-> (d:*)",
        "\\",
        "'",
        ":*",
        "-",
        "%s %(x)s {{ 7 }}",
        "x" * 10_000,
        "lota\x07\x1b[31m\u202e\ufeff",
        "the of का की",
        "अ" * 10_000,
    ],
)
def test_nothing_that_is_typed_breaks_the_page(client: Client, words: str):
    make_product()

    response = ask(client, words)

    html = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert f"<h1>Search: {escape(response.context['query'])}</h1>" in html


def test_answers_come_in_pages(client: Client):
    seller = make_seller()
    for _ in range(PAGE_SIZE + 1):
        make_product(seller=seller, stock=0)

    first, second = ask(client, "lota"), ask(client, "lota", extra="&page=2")
    beyond = ask(client, "lota", extra="&page=99")

    assert (len(titles(first)), len(titles(second)), len(titles(beyond))) == (PAGE_SIZE, 1, 1)
    assert first.context["page"]["next_url"] == "/en/search/?q=lota&page=2"
    shown = {card.id for response in (first, second) for card in response.context["cards"]}
    assert len(shown) == PAGE_SIZE + 1


def test_searching_sets_no_cookie_and_is_kept_by_no_shared_cache(client: Client):
    response = ask(client, "lota")

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.usefixtures("season_is_known")
@pytest.mark.parametrize("number", [1, 3])
def test_an_answer_costs_three_queries_beside_its_stories(
    client: Client, django_assert_num_queries: Budget, settings: Any, number: int
):
    seller = make_seller()
    for _ in range(number):
        maker = make_artisan(portrait=make_picture())
        make_product(artisan=maker, pictures=[make_picture()], seller=seller)

    # The words on show are kept for seconds in each process.
    vocabulary()
    settings.COUNTS_KEPT_SECONDS = 1000
    with django_assert_num_queries(3):
        response = ask(client, "Shabana")

    assert len(titles(response)) == len(response.context["makers"]) == number


def test_of_very_many_answers_those_named_so_and_the_newest_are_shown_and_the_rest_not_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    for module in ("products", "results"):
        monkeypatch.setattr(f"storefront.search.queries.{module}.RANKED", 2)
    monkeypatch.setattr("storefront.search.views.RANKED", 2)
    monkeypatch.setattr("storefront.search.queries.products.PAGE_SIZE", 2)
    make_product(title_en="Old brass lamp")
    make_product(title_en="Brass brass tray")
    make_product(title_en="Brass bell")
    make_product(title_en="Silver bell", description_en="Beside brass it looks pale.")

    response = ask(client, "brass")

    html = response.content.decode()
    assert titles(response) == ["Brass brass tray", "Brass bell"]
    assert "More than 2 products" in html
    assert response.context["page"]["next_url"] == ""


def test_a_name_comes_before_a_craft_and_that_before_mentions(client: Client):
    make_product(title_en="Copper lamp")
    make_product(title_en="Lota", craft=make_craft("Copper work", "ताँबे का काम"))
    make_product(title_en="Tray", description_en="Copper, copper and copper again.")

    assert titles(ask(client, "copper")) == ["Copper lamp", "Lota", "Tray"]


def test_a_product_is_found_from_the_moment_it_is_on_sale_until_it_is_withdrawn(client: Client):
    product = make_product()

    before = titles(ask(client, "lota"))
    services.withdraw(product)
    meanwhile = titles(ask(client, "lota"))
    services.approve(product)

    assert (before, meanwhile, titles(ask(client, "lota"))) == (["Brass lota"], [], ["Brass lota"])


def test_the_new_name_of_a_craft_is_known_within_a_day(client: Client):
    product = make_product()
    Craft.objects.update(name_en="Smithery")
    before = titles(ask(client, "smithery"))
    minute = product.pk // (product.pk // MINUTES_A_DAY + 1)

    index_a_share(now=datetime(2026, 11, 26, tzinfo=UTC) + timedelta(minutes=minute))

    assert (before, titles(ask(client, "smithery"))) == ([], ["Brass lota"])


def test_a_live_product_that_search_does_not_know_is_found_a_minute_later(client: Client):
    product = make_product()
    Entry.objects.all().delete()
    before = titles(ask(client, "lota"))
    another_share = product.pk // (product.pk // MINUTES_A_DAY + 1) + 7

    index_a_share(now=datetime(2026, 11, 26, tzinfo=UTC) + timedelta(minutes=another_share))

    assert (before, titles(ask(client, "lota"))) == ([], ["Brass lota"])


def test_every_search_is_planned_for_its_own_words(client: Client):
    """PostgreSQL would keep one plan for all words from the eleventh time on."""
    make_product()

    for number in range(12):
        ask(client, f"lota {number}")

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [statement for (statement,) in cursor.fetchall()]
    assert prepared
    assert [each for each in prepared if "FROM search_entry" in each and "$1" in each] == []


@pytest.mark.usefixtures("season_is_known")
def test_the_budget_holds_with_the_real_stories(
    client: Client, django_assert_max_num_queries: Budget, settings: Any
):
    settings.STORY_SEARCH = "cms.queries.search_stories"
    make_product(artisan=make_artisan(portrait=make_picture()), pictures=[make_picture()])

    with django_assert_max_num_queries(6):
        assert ask(client, "Shabana").status_code == 200


def test_nothing_is_found_by_the_name_of_a_maker_who_withdrew(client: Client):
    maker = make_artisan()
    make_product(artisan=maker)
    collect_terms()
    rows = list(maker.person.agreements.values_list("pk", flat=True))
    by_name = Entry.objects.filter(words=SearchQuery("shabana", config="english"))
    before, known = client.get("/en/search/?q=Shabana Parveen").context, by_name.exists()

    withdraw(maker.person, rows, reason="Asked.", by=make_recorder(), now=now())

    after = client.get("/en/search/?q=Shabana Parveen").context
    assert (known, len(before["makers"])) == (True, 1)
    assert (by_name.exists(), len(after["makers"])) == (False, 0)
    assert not Term.objects.filter(text_en__in=["shabana", "parveen", "Shabana Parveen"]).exists()
    collect_terms()
    assert not Term.objects.filter(kind="maker").exists()
