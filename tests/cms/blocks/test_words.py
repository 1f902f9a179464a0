"""Words in a story, of any length and script; what makers of the shop said."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cms.blocks import StoryBlocks
from cms.choosers import MakerChooserBlock
from cms.pages.stories import StoryPage
from tests.cms.blocks.telling import read, tell, words_of
from tests.factories.catalogue import make_artisan, make_picture, make_seller

LONG = "अ" * 2500 + "x" * 2500
SCRIPTS = ("زردوزی کا کام", "שלום ברוכים", "🏺🔥✨ lota 👩🏽‍🎨", "<b>not bold</b> & 'quoted'")


@pytest.mark.parametrize("words", SCRIPTS)
def test_words_of_any_script_are_shown_as_they_were_written(words: str) -> None:
    tell(
        ("chapter", words),
        ("term", {"term": words, "explanation": words}),
        ("quote", {"text": words, "attribution": words}),
        ("making", {"title": words, "moments": [{"when": words, "words": words}]}),
    )

    shown = words_of(read())

    assert shown.count(words) == 8


def test_a_heading_that_is_too_long_is_refused_with_a_reason_and_shown_if_it_came_otherwise() -> (
    None
):
    chapter = StoryBlocks().child_blocks["chapter"]

    with pytest.raises(ValidationError, match="at most 120 characters"):
        chapter.clean(LONG)
    tell(("chapter", LONG), ("gallery", {"title": LONG, "pictures": []}))

    assert LONG in words_of(read())


def test_a_maker_of_the_shop_is_quoted_with_portrait_and_page() -> None:
    maker = make_artisan(portrait=make_picture("At the lathe", "खराद पर"))
    tell(("quote", {"text": "Small strokes.", "artisan": maker.pk, "attribution": "at dusk"}))

    quote = read().select_one("figure.quote")

    assert quote.select_one("img")["alt"] == "At the lathe"
    assert quote.select_one("figcaption a")["href"] == f"/en/makers/{maker.slug}/"
    assert words_of(quote.select_one("figcaption")) == "Shabana Parveen at dusk"


def test_a_maker_is_named_in_the_language_of_the_story() -> None:
    maker = make_artisan()
    tell(("made_by", {"artisan": maker.pk, "words": "तीन पीढ़ियाँ"}), language="hi")

    panel = read("hi").select_one(".made-by")

    assert panel.select_one("a").get_text() == "शबाना परवीन"
    assert panel.select_one(".monogram").get_text() == "श"


def test_a_maker_who_is_not_there_leaves_the_words() -> None:
    nobody = make_artisan().pk + 1
    tell(
        ("quote", {"text": "Small strokes.", "artisan": nobody}),
        ("made_by", {"artisan": nobody}),
    )

    shown = read()

    assert words_of(shown.select_one(".quote")) == "Small strokes."
    assert shown.select(".made-by") == []


@pytest.mark.parametrize("kind", ["maker", "seller"])
@pytest.mark.parametrize("asked", ["shaban", "शबाना", ""])
def test_makers_and_sellers_are_found_by_a_part_of_their_name(
    editor: Client, kind: str, asked: str
) -> None:
    make = {"maker": make_artisan, "seller": make_seller}[kind]
    make("Shabana Parveen", name_hi="शबाना परवीन")
    make("Abdul Rahim", name_hi="अब्दुल रहीम")

    found = editor.get(reverse(f"{kind}_chooser:choose_results"), {"q": asked})

    text = BeautifulSoup(found.content, "html.parser").get_text(" ")
    assert "Shabana Parveen" in text
    assert "Moradabad" in text
    assert ("Abdul Rahim" in text) == (not asked)


def test_a_chosen_maker_is_named_in_the_form(editor: Client) -> None:
    maker = make_artisan()
    story = tell(("made_by", {"artisan": maker.pk}))

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "Shabana Parveen" in form


def test_wagtail_knows_which_stories_name_a_maker() -> None:
    from wagtail.models import ReferenceIndex

    maker = make_artisan()
    story = tell(("made_by", {"artisan": maker.pk}))
    ReferenceIndex.create_or_update_for_object(StoryPage.objects.get(pk=story.pk))

    [used] = ReferenceIndex.get_references_to(maker)
    assert (used.object_id, used.model_path) == (str(story.pk), "body.made_by.artisan")


def test_a_chooser_reads_nothing_to_tell_its_number(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        assert MakerChooserBlock().bulk_to_python([3, None, 4]) == [3, None, 4]
