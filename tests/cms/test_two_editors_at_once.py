"""Two people save the same page: the second is told before anything is written over."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from cms.pages.stories import StoryPage
from tests.cms.story_forms import editing, form
from tests.factories.pages import make_district_page, make_story

BY_ITSELF = {"accept": "application/json"}
PUBLISH = {"action-publish": "publish"}


def opened(client: Client, page: Page) -> dict[str, str]:
    """Open a page's form; return what it knows of the version that it shows."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = BeautifulSoup(client.get(address).content, "html.parser")
    names = ("loaded_revision_id", "loaded_revision_created_at")
    return {name: str(html.find("input", {"name": name})["value"]) for name in names}


def newest(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def words_in(answer: Any) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


@pytest.fixture
def story() -> StoryPage:
    """A story that both have open."""
    return make_story(slug="a-lota-is-born")


@pytest.mark.parametrize("action", [{}, PUBLISH])
def test_who_saves_second_is_told_and_nothing_is_written_over(
    editor: Client, moderator: Client, story: StoryPage, action: dict[str, str]
) -> None:
    seen = opened(moderator, story)
    editor.post(editing(story), form(title="The editor's title") | opened(editor, story))

    answer = moderator.post(editing(story), form(title="The moderator's title") | seen | action)

    assert answer.status_code == 200
    said = words_in(answer)
    assert "editor@example.org saved this page on" in said
    assert newest(story).title == "The editor's title"
    assert Page.objects.get(pk=story.pk).title == "Sand, fire and a small chisel"


def test_what_the_second_wrote_stands_in_the_form_and_is_saved_when_they_say_so_again(
    editor: Client, moderator: Client, story: StoryPage
) -> None:
    seen = opened(moderator, story)
    editor.post(editing(story), form(title="The editor's title") | opened(editor, story))
    wrote = form(title="The moderator's title")

    told = BeautifulSoup(moderator.post(editing(story), wrote | seen).content, "html.parser")
    known = {
        name: str(told.find("input", {"name": name})["value"])
        for name in ("loaded_revision_id", "loaded_revision_created_at")
    }
    again = moderator.post(editing(story), wrote | known)

    assert told.find("input", {"name": "title"})["value"] == "The moderator's title"
    assert again.status_code == 302
    titles = [each.as_object().title for each in story.revisions.order_by("pk")]
    assert titles[-2:] == ["The editor's title", "The moderator's title"]


def test_the_version_of_the_first_is_one_link_away(
    editor: Client, moderator: Client, story: StoryPage
) -> None:
    seen = opened(moderator, story)
    editor.post(editing(story), form(title="The editor's title") | opened(editor, story))

    answer = moderator.post(editing(story), form(title="The moderator's title") | seen)

    html = BeautifulSoup(answer.content, "html.parser")
    link = html.find("a", string=lambda text: text and "See that version" in text)
    assert "The editor's title" in moderator.get(link["href"]).content.decode()


def test_the_second_is_told_in_hindi(editor: Client, moderator: Client, story: StoryPage) -> None:
    moderator.cookies["django_language"] = "hi"
    seen = opened(moderator, story)
    editor.post(editing(story), form(title="The editor's title") | opened(editor, story))

    answer = moderator.post(editing(story), form(title="The moderator's title") | seen)

    assert "इतिहास" in words_in(answer)


def test_a_save_that_wagtail_makes_by_itself_does_not_write_over_it_either(
    editor: Client, moderator: Client, story: StoryPage
) -> None:
    seen = opened(moderator, story)
    editor.post(editing(story), form(title="The editor's title") | opened(editor, story))

    sent = form(title="The moderator's title") | seen
    answer = moderator.post(editing(story), sent, headers=BY_ITSELF)

    assert answer.json()["error_code"] == "invalid_revision"
    assert newest(story).title == "The editor's title"


def test_nobody_is_asked_because_of_their_own_other_window(
    editor: Client, story: StoryPage
) -> None:
    seen = opened(editor, story)
    editor.post(editing(story), form(title="First") | seen)

    answer = editor.post(editing(story), form(title="Second") | seen)

    assert answer.status_code == 302
    assert newest(story).title == "Second"


def test_it_is_the_same_with_every_other_kind_of_page(editor: Client, moderator: Client) -> None:
    page = make_district_page()
    page.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def sent(intro: str) -> dict[str, Any]:
        known = {
            "title": "Moradabad",
            "slug": "moradabad",
            "district": page.district_id,
            "intro": intro,
            "cover": "",
            "body": rich_text("<p>More.</p>"),
            "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
        return dict(nested_form_data(known))

    seen = opened(moderator, page)
    editor.post(address, sent("The editor's words.") | opened(editor, page))

    answer = moderator.post(address, sent("The moderator's words.") | seen)

    assert "saved this page on" in words_in(answer)
    assert newest(page).intro == "The editor's words."
