"""Somebody without a login reads a draft by a link that ends."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cms.draft_links import DraftLink, end_link, make_link
from cms.pages.stories import StoryPage
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.consent.rules import Use
from storefront.consent.services import withdraw
from storefront.core.clock import now
from tests.catalogue.pages import linked_data
from tests.cms.conftest import member
from tests.factories.catalogue import make_district, make_product
from tests.factories.consent import make_agreement, make_person, make_recorder
from tests.factories.pages import make_story

NEW = "What the sand remembers"


@pytest.fixture
def story() -> StoryPage:
    """A published story whose newest draft has another title."""
    made = make_story([make_product()])
    made.title = NEW
    made.save_revision()
    return StoryPage.objects.get(pk=made.pk)


def link_to(story: StoryPage, *, days: int = 7) -> DraftLink:
    writer = User.objects.create_user("writer@example.org", "a long enough one")
    return make_link(story, by=writer, days=days, at=now())


def path_of(link: DraftLink) -> str:
    return reverse("draft", args=[link.token])


def test_the_link_shows_the_draft_and_nothing_keeps_it(client: Client, story: StoryPage) -> None:
    page = client.get(path_of(link_to(story)))

    html = page.content.decode()
    assert NEW in html
    assert "This is a draft. It is not published." in html
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert "data-read" not in html
    assert NEW not in client.get(story.address).content.decode()
    assert "Disallow: /drafts/" in client.get("/robots.txt").content.decode()


def test_a_hindi_draft_is_shown_in_hindi(client: Client) -> None:
    link = link_to(make_story(slug="tap", language="hi"))

    assert '<html lang="hi"' in client.get(path_of(link)).content.decode()


@pytest.mark.parametrize("ended", ["by itself", "by hand"])
def test_a_link_that_has_ended_says_so(client: Client, story: StoryPage, ended: str) -> None:
    link = link_to(story, days=0 if ended == "by itself" else 7)
    end_link(link, at=now())

    page, api = client.get(path_of(link)), client.get(f"/api/v1/drafts/{link.token}")

    assert (page.status_code, api.status_code) == (410, 404)
    assert "This link has ended" in page.content.decode()
    assert NEW not in page.content.decode() + api.content.decode()


def test_ending_a_link_twice_keeps_when_it_ended(story: StoryPage) -> None:
    link, first = link_to(story), now()
    end_link(link, at=first)
    end_link(link, at=first + timedelta(hours=1))

    assert DraftLink.objects.get().ends_at == first


@pytest.mark.parametrize("key", ["nothing", "0" * 400])
def test_what_is_no_link_is_not_found(client: Client, key: str) -> None:
    assert client.get(f"/drafts/{key}/").status_code == 404
    assert client.get(f"/api/v1/drafts/{key}").status_code == 404


def test_other_front_ends_read_the_draft_too(client: Client, story: StoryPage) -> None:
    told = client.get(f"/api/v1/drafts/{link_to(story).token}").json()

    assert (told["title"], told["language"]) == (NEW, "en")
    assert "products" in [block["type"] for block in told["body"]]


def test_an_editor_makes_a_link_and_ends_it(editor: Client, story: StoryPage) -> None:
    address = reverse("draft-links", args=[story.pk])
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    editor.post(address, {"days": 30})
    link = DraftLink.objects.get()
    listed = editor.get(address).content.decode()
    editor.post(address, {"end": str(link.pk)})

    assert f'href="{address}"' in form
    assert path_of(link) in listed
    assert link.ends_at - link.made_at > timedelta(days=29)
    assert DraftLink.objects.get().ends_at <= now()
    assert path_of(link) not in editor.get(address).content.decode()


@pytest.mark.parametrize("form", [{"days": "3"}, {"days": ""}, {"end": "9" * 40}, {"end": "x"}])
def test_a_form_that_makes_no_sense_makes_and_ends_nothing(
    editor: Client, story: StoryPage, form: dict[str, str]
) -> None:
    link = link_to(story)

    assert editor.post(reverse("draft-links", args=[story.pk]), form).status_code in {200, 302}
    assert DraftLink.objects.get().ends_at == link.ends_at


def test_who_cannot_edit_the_page_cannot_share_it(client: Client, story: StoryPage) -> None:
    address = reverse(
        "draft-links", args=[make_story(slug="tap", district=make_district("Agra")).pk]
    )

    assert member(Role.CORRESPONDENT).post(address, {"days": 7}).status_code in {302, 403}
    assert client.post(address, {"days": 7}).status_code == 302
    assert not DraftLink.objects.exists()


def test_the_published_story_is_still_what_search_engines_read(
    client: Client, story: StoryPage
) -> None:
    link_to(story)

    assert linked_data(client.get(story.address), "Article")["headline"] != NEW


def test_whom_a_draft_tells_of_reads_it_before_they_agree_and_nobody_after_they_withdrew(
    client: Client, story: StoryPage
) -> None:
    person = make_person(district=make_district())
    story = story.get_latest_revision_as_object()
    story.people.create(person=person)
    story.save_revision()
    link = link_to(story)
    before = client.get(path_of(link))
    rows = [row.pk for row in make_agreement(person, Use.NAME, Use.STORY)]

    withdraw(person, rows, reason="Asked.", by=make_recorder(), now=now())

    assert before.status_code == 200
    assert "did not agree" not in before.content.decode()
    assert client.get(path_of(link)).status_code == 410
