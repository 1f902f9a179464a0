"""An address that was printed on a card once leads to its page for ever, and straight there."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.pages.base import BasePage, SubjectPage
from cms.pages.collection import CollectionPage
from cms.pages.districts import DistrictIndexPage
from cms.pages.standard import StandardPage
from cms.pages.stories import StoryIndexPage, StoryPage
from cms.publish import write_collection
from storefront.accounts.models import User
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)

LANGUAGES = ["en", "hi"]
# A form of redirects takes no name without a dot.
ORIGIN = "https://zila.example"


def make_collection(language: str) -> CollectionPage:
    words = {"title": "Red things", "intro": "Everything red."}
    return write_collection("red-things", language=language, picks=[], **words)


def about(language: str) -> StandardPage:
    page: StandardPage = StandardPage.objects.get(slug="about", locale__language_code=language)
    return page


KINDS: list[Callable[[str], BasePage]] = [
    lambda language: make_story(language=language),
    make_collection,
    about,
    lambda language: make_district_page(language=language),
    lambda language: make_craft_page(language=language),
    lambda language: make_artisan_page(language=language),
]
NAMES = ["story", "collection", "words", "district", "craft", "maker"]


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Callable[[BasePage, str], str]:
    """Give a page another slug and publish it; what has one from the shop takes it from there."""

    def renamed(page: BasePage, slug: str) -> str:
        if isinstance(page, SubjectPage):
            thing = getattr(page, page.subject)
            thing.slug = slug
            thing.save()
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()
        return page.address

    return renamed


def visit(client: Client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.get("Location", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_every_address_a_page_ever_had_leads_straight_to_it(
    client: Client, rename: Any, kind: Callable[[str], BasePage], language: str
) -> None:
    # The same page in the other language keeps its address: nobody is sent there instead.
    kind(next(code for code in LANGUAGES if code != language))
    page = kind(language)
    first = page.address

    second = rename(page, "second")
    after_one = visit(client, first)
    third = rename(page, "third")
    after_two = [visit(client, first), visit(client, second)]
    rename(page, first.rstrip("/").rpartition("/")[2])
    moved_back = [visit(client, first), visit(client, second), visit(client, third)]

    assert after_one == (301, second)
    assert after_two == [(301, third), (301, third)]
    assert moved_back == [(200, ""), (301, first), (301, first)]


def test_what_follows_the_question_mark_does_not_keep_anybody_from_the_page(
    client: Client, rename: Any
) -> None:
    story = make_story()
    first = story.address

    second = rename(story, "second")

    assert visit(client, f"{first}?utm_source=card") == (301, second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stories_keep_their_addresses_when_their_list_is_renamed(
    client: Client, rename: Any, language: str
) -> None:
    story = make_story(language=language)
    lists = StoryIndexPage.objects.get(locale__language_code=language)

    rename(lists, "tales")

    assert visit(client, story.address) == (200, "")
    assert visit(client, lists.address) == (200, "")
    assert story.address == f"/{language}/stories/{story.slug}/"


def test_a_story_hung_elsewhere_in_the_tree_keeps_its_address(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    story, before = make_story(), "/en/stories/sand-fire-and-a-small-chisel/"

    with django_capture_on_commit_callbacks(execute=True):
        story.move(DistrictIndexPage.objects.get(locale__language_code="en"), "last-child")

    assert StoryPage.objects.get().address == before
    assert visit(client, before) == (200, "")


def test_a_new_page_at_an_old_address_is_the_one_that_is_shown(client: Client, rename: Any) -> None:
    story = make_story()
    first = story.address
    rename(story, "second")
    another = make_story(slug="third", title="Another story")

    rename(another, first.rstrip("/").rpartition("/")[2])

    assert "Another story" in client.get(first).content.decode()


def test_a_deleted_page_leaves_no_redirect_that_leads_nowhere(client: Client, rename: Any) -> None:
    story = make_story()
    first = story.address
    rename(story, "second")

    story.delete()

    assert visit(client, first) == (404, "")


@pytest.fixture
def administrator(client: Client, settings: Any) -> Client:
    """Somebody who writes redirects by hand."""
    settings.SHOP_URL = ORIGIN
    user = User.objects.create_superuser("head@example.org", "a long enough one")
    client.force_login(user)
    return client


def add(client: Client, old: str, new: str) -> str:
    """Write a redirect by hand; return what the form then says is wrong."""
    address = reverse("wagtailredirects:add")
    return _problem(client.post(address, _sent(old, new)))


def _sent(old: str, new: str) -> dict[str, str]:
    link = f"{ORIGIN}{new}" if new.startswith("/") else new
    return {"old_path": old, "redirect_link": link, "redirect_page": "", "is_permanent": "on"}


def _problem(answer: Any) -> str:
    if answer.status_code == 302:
        return ""
    html = BeautifulSoup(answer.content, "html.parser")
    return html.find("main").get_text(" ", strip=True)


def test_redirects_in_a_circle_are_refused(administrator: Client) -> None:
    alone = add(administrator, "/en/a", "/en/a/")
    add(administrator, "/en/b", "/en/c/")
    add(administrator, "/en/c", "/en/d/")

    closed = add(administrator, "/en/d", "/en/b/")

    assert "lead in a circle" in alone
    assert "lead in a circle" in closed
    assert not Redirect.objects.filter(old_path__in=["/en/a", "/en/d"]).exists()


def test_a_circle_is_refused_when_a_redirect_is_changed(administrator: Client) -> None:
    add(administrator, "/en/b", "/en/c/")
    add(administrator, "/en/d", "/en/e/")
    last = Redirect.objects.get(old_path="/en/d")
    address = reverse("wagtailredirects:edit", args=[last.pk])

    said = _problem(administrator.post(address, _sent("/en/c", "/en/b/")))

    assert "lead in a circle" in said
    assert Redirect.objects.get(pk=last.pk).old_path == "/en/d"


def test_a_chain_of_redirects_becomes_one_step(administrator: Client) -> None:
    makers = f"{ORIGIN}/en/makers/"
    add(administrator, "/en/b", "/en/c/")

    add(administrator, "/en/c", "/en/makers/")
    add(administrator, "/en/a", "/en/b/")

    hops = [visit(administrator, f"/en/{letter}/") for letter in "abc"]
    assert hops == [(301, makers)] * 3


def test_a_redirect_may_lead_to_another_site(administrator: Client) -> None:
    said = add(administrator, "/en/a", "https://example.org/en/a/")

    assert said == ""
    assert visit(administrator, "/en/a/") == (301, "https://example.org/en/a/")


def test_a_redirect_to_an_old_address_leads_to_where_the_page_is_now(
    administrator: Client, rename: Any
) -> None:
    story = make_story()
    first = story.address
    second = rename(story, "second")

    add(administrator, "/en/card", first)

    assert visit(administrator, "/en/card/") == (301, second)
