"""A correspondent writes about one district; a moderator reads it and lets it out."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.correspondents import Correspondent, give_district
from cms.pages.stories import StoryPage
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from tests.cms.conftest import member
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import make_district, make_product
from tests.factories.pages import make_story

SUBMIT, PUBLISH = {"action-submit": "submit"}, {"action-publish": "publish"}
# What can be done to a story under its own address.
DOORS = {
    "edit": {},
    "delete": {},
    "unpublish": {},
    "move": {},
    "copy": {"new_title": "Mine", "new_slug": "mine"},
    "history": {},
    "lock": {},
    "set_privacy": {"restriction_type": "login"},
}


def banda() -> Any:
    return make_district("Banda", "बाँदा")


def seen(client: Client, slug: str = "a-lota-is-born") -> int:
    return client.get(f"/en/stories/{slug}/").status_code


def state_of(story: StoryPage) -> tuple[Any, ...]:
    fresh = StoryPage.objects.get(pk=story.pk)
    return fresh.title, fresh.live, fresh.locked, fresh.path, fresh.revisions.count()


def latest(story: StoryPage) -> Any:
    """Return the story as it was saved last, published or not."""
    return StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()


def test_a_story_goes_from_the_correspondent_to_the_moderator_to_the_reader(
    correspondent: Client, moderator: Client, client: Client
) -> None:
    correspondent.post(adding(), form(make_product()) | SUBMIT)
    story = StoryPage.objects.get()
    before = seen(client)
    front = moderator.get(reverse("wagtailadmin_home")).content.decode()
    task = story.current_workflow_task_state
    approve = ["approve", task.pk]
    moderator.post(reverse("wagtailadmin_pages:workflow_action", args=[story.pk, *approve]))

    assert (before, seen(client)) == (404, 200)
    assert "A lota is born" in front


def test_a_moderator_sends_a_story_back_and_it_stays_out(
    correspondent: Client, moderator: Client, client: Client
) -> None:
    correspondent.post(adding(), form(make_product()) | SUBMIT)
    story = StoryPage.objects.get()
    task = story.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "reject", task.pk])

    moderator.post(address, {"comment": "Who carved the mould?"})

    assert seen(client) == 404
    assert correspondent.get(editing(story)).status_code == 200


def test_a_correspondent_cannot_let_a_story_out(correspondent: Client, client: Client) -> None:
    correspondent.post(adding(), form(make_product()) | PUBLISH)

    assert StoryPage.objects.get().live is False
    assert seen(client) == 404


def test_a_correspondent_is_offered_the_own_district_alone(correspondent: Client) -> None:
    banda()

    page = correspondent.get(adding())

    offered = page.context["form"].fields["district"].queryset
    assert [district.slug for district in offered] == ["moradabad"]


def test_a_story_about_another_district_is_not_taken(correspondent: Client) -> None:
    answer = correspondent.post(adding(), form(make_product(), district=banda().pk))

    assert answer.status_code == 200
    assert not StoryPage.objects.exists()


def test_an_own_story_cannot_be_moved_to_another_district(correspondent: Client) -> None:
    correspondent.post(adding(), form(make_product()))
    story = StoryPage.objects.get()

    answer = correspondent.post(editing(story), form(make_product(), district=banda().pk))

    assert answer.status_code == 200
    assert latest(story).district.slug == "moradabad"


@pytest.mark.parametrize("door", DOORS)
def test_a_story_of_another_district_is_closed(correspondent: Client, door: str) -> None:
    story = make_story(district=banda())
    address = reverse(f"wagtailadmin_pages:{door}", args=[story.pk])
    before, pages = state_of(story), Page.objects.count()

    shown = correspondent.get(address)
    sent = correspondent.post(address, form(make_product()) | DOORS[door])

    assert shown.status_code in {302, 405}
    assert sent.status_code == 302
    assert state_of(story) == before
    assert Page.objects.count() == pages


@pytest.mark.parametrize("action", ["delete", "unpublish", "publish", "move"])
def test_many_stories_at_once_are_closed_too(correspondent: Client, action: str) -> None:
    story = make_story(district=banda())
    before = state_of(story)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    correspondent.post(f"{address}?id={story.pk}", {"next": "/cms/", "chooser": 1})

    assert state_of(story) == before


def test_a_published_story_of_the_own_district_is_changed_but_stays_as_it_was_for_readers(
    correspondent: Client, client: Client
) -> None:
    story = make_story(slug="a-lota-is-born")

    correspondent.post(editing(story), form(make_product(), title="Rewritten") | PUBLISH)

    assert latest(story).title == "Rewritten"
    assert "Rewritten" not in client.get("/en/stories/a-lota-is-born/").content.decode()


def test_a_correspondent_without_a_district_writes_nothing() -> None:
    stranger = member(Role.CORRESPONDENT)
    make_story(slug="a-lota-is-born")

    stranger.post(adding(), form(make_product()))

    assert stranger.get(editing(StoryPage.objects.get())).status_code == 302


def test_an_editor_writes_about_every_district(editor: Client, client: Client) -> None:
    editor.post(adding(), form(make_product(), district=banda().pk) | PUBLISH)

    assert seen(client) == 200


def test_a_moderator_says_who_writes_about_which_district(moderator: Client) -> None:
    user = User.objects.create_user("imran@example.org", "a long enough one")
    user.groups.add(Group.objects.get(name=Role.CORRESPONDENT))
    User.objects.create_user("buyer@example.org", "a long enough one")
    page = moderator.get(reverse("correspondents:add")).content.decode()

    answer = moderator.post(
        reverse("correspondents:add"), {"user": user.pk, "district": banda().pk}
    )

    assert answer.status_code == 302
    assert [str(each) for each in Correspondent.objects.all()] == ["imran@example.org (Banda)"]
    assert "imran@example.org" in page
    assert "buyer@example.org" not in page


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CORRESPONDENT])
def test_others_do_not(role: Role) -> None:
    client = member(role)

    assert client.get(reverse("correspondents:index")).status_code == 302
    assert client.get(reverse("correspondents:add")).status_code == 302


def test_a_district_is_given_once(correspondent: Client) -> None:
    user = User.objects.get(email="correspondent@example.org")

    give_district(user, make_district())

    assert Correspondent.objects.count() == 1
