"""Addresses that are none, or a neighbour's: refused where they stand, and nothing is lost."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.pages.stories import StoryPage
from tests.cms.story_forms import adding, editing
from tests.cms.test_bad_input import PUBLISH, told
from tests.cms.test_translating import submit
from tests.factories.pages import make_story


@pytest.mark.parametrize("slug", ["बनारसी-साड़ी", "a lota", "../../etc", "a" * 256, "💥"])
def test_a_slug_that_is_no_address_is_refused_where_it_stands(editor: Client, slug: str) -> None:
    answer = editor.post(adding(), told(slug=slug) | PUBLISH)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["slug"]
    assert not StoryPage.objects.exists()


def test_a_slug_that_a_neighbour_has_is_refused_and_nothing_written_is_lost(
    editor: Client,
) -> None:
    make_story(slug="a-lota-is-born", title="The first")

    answer = editor.post(adding(), told(title="The second") | PUBLISH)

    page = answer.content.decode()
    assert list(answer.context["form"].errors) == ["slug"]
    assert "The second" in page
    assert "Damp sand." in page
    assert StoryPage.objects.get().title == "The first"


def test_the_neighbours_slug_is_refused_in_hindi_to_who_works_in_hindi(editor: Client) -> None:
    make_story(slug="a-lota-is-born")

    editor.cookies["django_language"] = "hi"
    answer = editor.post(adding(), told() | PUBLISH)

    [said] = answer.context["form"].errors["slug"]
    assert "पता" in said


def test_a_slug_that_is_left_empty_steps_aside_for_a_neighbours(editor: Client) -> None:
    make_story(slug="a-lota-is-born")

    editor.post(adding(), told(slug="") | PUBLISH)

    assert set(StoryPage.objects.values_list("slug", flat=True)) == {
        "a-lota-is-born",
        "a-lota-is-born-1",
    }


def test_two_languages_may_have_the_same_slug_for_different_stories(
    editor: Client, client: Client
) -> None:
    make_story(slug="a-lota-is-born", title="English words")

    answer = editor.post(adding("hi"), told(title="हिन्दी शब्द") | PUBLISH)

    assert answer.status_code == 302
    assert "English words" in client.get("/en/stories/a-lota-is-born/").content.decode()
    hindi = BeautifulSoup(client.get("/hi/stories/a-lota-is-born/").content, "html.parser")
    assert hindi.h1.get_text(strip=True) == "हिन्दी शब्द"
    assert hindi.select("link[rel=alternate][hreflang^=en]") == []


def test_a_translation_whose_slug_is_taken_in_hindi_gets_one_of_its_own(
    editor: Client, client: Client
) -> None:
    taken = make_story(slug="a-lota-is-born", language="hi")
    StoryPage.objects.filter(pk=taken.pk).update(translation_key="0" * 32)
    english = make_story(slug="a-lota-is-born")

    translation = submit(editor, english)

    made = StoryPage.objects.get(
        translation_key=english.translation_key, locale__language_code="hi"
    )
    assert translation.get_target_instance() == made
    assert made.slug != taken.slug
    assert editor.get(editing(made)).status_code == 200
    assert taken.title in client.get("/hi/stories/a-lota-is-born/").content.decode()
