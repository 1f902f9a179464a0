"""What nobody found is counted for the editors, and what they teach is understood."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from storefront.core.clock import now
from storefront.search import services
from storefront.search.models import Miss, Synonyms, Term
from storefront.search.services import (
    collect_terms,
    forget_misses,
    note_miss,
    plant_synonyms,
)
from tests.factories.catalogue import make_artisan, make_district, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_stories(settings: Any) -> None:
    settings.STORY_SEARCH = f"{__name__}.no_stories"


def no_stories(question: Any) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return []


def ask(client: Client, words: str, language: str = "en") -> Any:
    return client.get(f"/{language}/search/?q={quote(words)}")


def ids(response: Any) -> list[int]:
    return [card.id for card in response.context["cards"]]


def missed() -> dict[str, int]:
    return dict(Miss.objects.values_list("words", "times"))


def test_what_is_found_nowhere_is_counted_once_a_search(client: Client):
    make_product()

    for words in ("Silver  kettle", "silver kettle!", "lota"):
        ask(client, words)

    assert missed() == {"silver kettle": 2}


@pytest.mark.parametrize("words", ["asha@example.org", "98765 43210", "order 1000123", "x" * 100])
def test_nothing_is_written_down_that_may_tell_who_searched(client: Client, words: str):
    ask(client, words)

    assert missed() == {}


def test_when_the_list_is_full_only_known_words_are_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "MOST_MISSES", 2)
    for words in ("kettle", "teapot", "samovar", "kettle"):
        note_miss(words, now=now())

    assert missed() == {"kettle": 2, "teapot": 1}


def test_a_full_list_keeps_its_better_half_and_old_misses_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(services, "MOST_MISSES", 4)
    note_miss("old", now=now() - timedelta(days=91))
    for words in ("kettle", "kettle", "teapot", "samovar"):
        note_miss(words, now=now())

    assert forget_misses(now=now()) == 2
    assert len(missed()) == 2
    assert missed()["kettle"] == 2
    note_miss("old", now=now() - timedelta(days=91))
    assert forget_misses(now=now()) == 1


def test_a_miss_costs_one_statement(django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        note_miss("kettle", now=now())
    with django_assert_num_queries(0):
        note_miss("asha@example.org", now=now())


def test_editors_words_find_what_they_mean(client: Client):
    product = make_product(title_en="Gur cubes", title_hi="गुड़ के टुकड़े")
    before = ids(ask(client, "jaggery"))
    Synonyms.objects.create(words="jaggery, gur, गुड़")

    after = [ids(ask(client, words)) for words in ("jaggery", "gud", "गुड़", "Jaggery cubes")]

    assert before == []
    assert after == [[product.pk]] * 4


@pytest.mark.parametrize(
    "words", ["", "gur", " , gur", "one two three four five, six", ",".join(["a b"] * 31)]
)
def test_synonyms_that_say_nothing_are_refused(words: str):
    with pytest.raises(ValidationError):
        Synonyms(words=words).full_clean()


def test_a_shop_is_given_its_first_synonyms_once():
    assert plant_synonyms([{"words": "gur, jaggery"}]) == 1
    Synonyms.objects.update(words="gur, jaggery, गुड़")
    plant_synonyms([{"words": "gur, jaggery"}])

    assert list(Synonyms.objects.values_list("words", flat=True)) == ["gur, jaggery, गुड़"]


def test_words_of_what_is_on_show_are_collected_and_those_of_drafts_are_not():
    make_product(title_en="Brass lota", artisan=make_artisan())
    make_product(title_en="Secret kettle", is_live=False)
    made = collect_terms()

    words = set(Term.objects.filter(kind="word").values_list("text_en", flat=True))
    names = set(Term.objects.exclude(kind="word").values_list("kind", "text_en"))
    assert made == Term.objects.count()
    assert {"brass", "lota", "पीतल", "shabana", "मुरादाबाद"} <= words
    assert not {"secret", "kettle", "का"} & words
    assert {
        ("product", "Brass lota"),
        ("craft", "Brassware"),
        ("maker", "Shabana Parveen"),
    } <= names


def test_collecting_again_changes_only_what_changed():
    product = make_product()
    collect_terms()
    before = set(Term.objects.values_list("pk", flat=True))

    assert collect_terms() == 0
    assert set(Term.objects.values_list("pk", flat=True)) == before
    product.state, product.is_public = "draft", False
    product.save()
    collect_terms()
    assert not Term.objects.filter(text_en="lota").exists()


def test_a_mistake_is_mended_and_the_page_says_so(client: Client):
    product = make_product(title_en="Chikankari kurta", title_hi="चिकनकारी कुर्ता")
    collect_terms()

    response = ask(client, "chikenkari xyzzy")

    html = response.content.decode()
    assert ids(response) == [product.pk]
    assert "Nothing here is called “xyzzy”." in html
    assert "Showing results for “chikankari”." in html
    assert missed() == {"chikenkari xyzzy": 1}


def test_places_come_with_what_they_are_asked_for_and_instead_of_nothing(client: Client):
    make_product(district=make_district("Varanasi", "वाराणसी", former_names="Benares, Kashi"))
    collect_terms()

    asked = ask(client, "kashi", "hi").context["places"]
    like, unlike = ask(client, "varanasikebazarme"), ask(client, "xyzzy")

    assert [(place.name, place.url) for place in asked] == [("वाराणसी", "/hi/districts/varanasi/")]
    assert "Or look here" in like.content.decode()
    assert [place.url for place in like.context["nearby"]] == ["/en/districts/varanasi/"]
    assert "Or look here" not in unlike.content.decode()


def test_words_that_stand_only_in_a_description_are_found_by_other_spellings(client: Client):
    product = make_product(description_en="Beaten over a bhatti.", description_hi="भट्ठी पर पीटा।")
    make_product(title_en="Tray")
    collect_terms()

    assert [ids(ask(client, words)) for words in ("bhatthi", "bhatti", "भट्टी")] == [
        [product.pk]
    ] * 3
    assert Term.objects.get(text_en="bhatti").place > Term.objects.get(text_en="lota").place
