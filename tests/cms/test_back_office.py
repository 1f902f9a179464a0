"""What those who write find on their front page and in their menu."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from cms.roles import grant_page_permissions
from storefront.accounts.roles import Role
from tests.cms.conftest import member
from tests.cms.story_forms import adding
from tests.factories.catalogue import make_district
from tests.factories.pages import make_story

WRITERS = [Role.EDITOR, Role.CORRESPONDENT, Role.MODERATOR]


@pytest.mark.parametrize("role", WRITERS)
def test_the_front_page_leads_to_a_new_story_in_either_language(role: Role) -> None:
    client = member(role)
    front = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")

    ways = {link.get_text(strip=True): link["href"] for link in front.select("a.button")}

    assert client.get(ways["Write in English"])["Location"] == adding("en")
    assert client.get(ways["Write in Hindi"])["Location"] == adding("hi")
    assert client.get(adding("hi")).status_code == 200


def test_all_stories_stand_in_one_list_with_their_districts(editor: Client) -> None:
    make_story()
    make_story(language="hi")
    make_story(slug="two", title="Two needles", district=make_district("Banda", "बाँदा"))

    everything = editor.get(reverse("stories:index")).content.decode()
    banda = editor.get(reverse("stories:index"), {"district": make_district("Banda").pk})

    assert "Sand, fire and a small chisel" in everything
    assert "रेत, आग और एक छोटी छेनी" in everything
    assert [story.title for story in banda.context["pages"]] == ["Two needles"]


# wagtail-localize asks two for the menu of each row; nothing else grows.
@pytest.mark.parametrize(("number", "queries"), [(1, 21), (3, 25)])
def test_the_list_of_stories_asks_nothing_more_for_a_row(
    editor: Client, django_assert_num_queries: Any, number: int, queries: int
) -> None:
    for count in range(number):
        make_story(slug=f"story-{count}")
    editor.get(reverse("stories:index"))

    with django_assert_num_queries(queries):
        response = editor.get(reverse("stories:index_results"))

    assert len(response.context["pages"]) == number


@pytest.mark.parametrize(
    ("role", "offered"),
    [(Role.EDITOR, False), (Role.CORRESPONDENT, False), (Role.MODERATOR, True)],
)
def test_the_menu_offers_what_is_theirs(role: Role, offered: bool) -> None:
    front = member(role).get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("stories:index") in front
    assert (reverse("correspondents:index") in front) == offered
    assert "/cms/documents/" in front
    assert "Wagtail 8" not in BeautifulSoup(front, "html.parser").title.get_text()


def test_a_picture_is_described_in_both_languages_and_not_a_third_time(editor: Client) -> None:
    fields = editor.get(reverse("wagtailimages:add")).context["form"].fields

    assert {"title", "file", "alt_en", "alt_hi"} <= set(fields)
    assert "description" not in fields


def test_what_somebody_allowed_a_writer_by_hand_is_taken_back() -> None:
    member(Role.CORRESPONDENT)
    group = Group.objects.get(name=Role.CORRESPONDENT)
    publish = GroupPagePermission.objects.filter(permission__codename="publish_page").first()
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=root, permission=publish.permission)
    before = GroupCollectionPermission.objects.count()

    grant_page_permissions()

    held = GroupPagePermission.objects.filter(group=group)
    assert set(held.values_list("permission__codename", flat=True)) == {"add_page", "change_page"}
    assert GroupCollectionPermission.objects.count() == before
