"""The rules of the tree, the loader, roles, search and the API."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.sites.models import Site as DjangoSite
from django.test import Client
from wagtail.models import GroupPagePermission, Page, Site

from cms.pages import home, stories
from cms.planting import plant_site
from cms.queries import search_stories
from cms.roles import grant_page_permissions
from tests.factories.catalogue import make_product
from tests.factories.pages import make_district_page, make_story


def test_planting_twice_leaves_one_tree_and_the_editors_words() -> None:
    english = home.HomePage.objects.get(locale__language_code="en")
    english.hero_title = "Come in"
    english.save()
    before = list(Page.objects.order_by("path").values_list("path", "slug"))

    plant_site()

    assert list(Page.objects.order_by("path").values_list("path", "slug")) == before
    english.refresh_from_db()
    assert english.hero_title == "Come in"
    assert Site.objects.get().root_page_id == english.pk
    assert DjangoSite.objects.get_current().domain == "testserver"
    assert english.get_translations().get().locale.language_code == "hi"


def test_writing_a_story_twice_makes_no_second_revision() -> None:
    product = make_product()
    first = make_story([product])

    second = make_story([product])

    assert second.pk == first.pk
    assert first.revisions.count() == 1


def test_writing_a_story_anew_changes_its_words() -> None:
    make_story()

    changed = make_story(title="Another title")

    assert changed.title == "Another title"
    assert stories.StoryPage.objects.get().title == "Another title"


def test_the_loader_leaves_alone_what_an_editor_changed(editor: Client) -> None:
    from storefront.accounts.models import User

    page = make_district_page()
    page.intro = "An editor's words."
    page.save_revision(user=User.objects.get()).publish()

    make_district_page()

    page.refresh_from_db()
    assert page.intro == "An editor's words."


def test_roles_twice_give_each_permission_once() -> None:
    grant_page_permissions()
    first = GroupPagePermission.objects.count()

    grant_page_permissions()

    assert GroupPagePermission.objects.count() == first
    correspondents = Group.objects.get(name="District correspondents")
    held = {
        (each.page.specific_class, each.permission.codename)
        for each in GroupPagePermission.objects.filter(group=correspondents)
    }
    assert held == {(stories.StoryIndexPage, "add_page"), (stories.StoryIndexPage, "change_page")}


def test_stories_are_found_by_words_of_their_body_and_language() -> None:
    make_story()
    make_story(language="hi")

    assert [card.url for card in search_stories("damp & sand")] == [
        "/en/stories/sand-fire-and-a-small-chisel/"
    ]
    assert search_stories("गीली") == []
    assert search_stories("  ") == []


def test_the_api_tells_a_story_with_its_products(client: Client) -> None:
    product = make_product()
    make_story([product])

    listed = client.get("/api/v1/stories").json()
    told: dict[str, Any] = client.get("/api/v1/stories/sand-fire-and-a-small-chisel").json()

    assert [story["slug"] for story in listed["items"]] == ["sand-fire-and-a-small-chisel"]
    assert (listed["next"], listed["prev"]) == (None, None)
    assert [block["type"] for block in told["body"]] == [
        "chapter",
        "paragraph",
        "quote",
        "products",
    ]
    assert told["body"][1]["html"] == "<p>Damp sand is packed around the pattern.</p>"
    [sold] = told["body"][3]["products"]
    assert (sold["id"], sold["price"]["amount"]) == (product.pk, "1450.00")
    assert client.get("/api/v1/stories/unheard-of").status_code == 404


def test_the_api_tells_the_page_at_an_address_in_its_language(client: Client) -> None:
    product = make_product()
    make_story([product], language="hi")
    make_district_page()

    district = client.get("/api/v1/pages", {"path": "/en/districts/moradabad/"}).json()
    story = client.get("/api/v1/pages", {"path": "/hi/stories/sand-fire-and-a-small-chisel/"})
    front = client.get("/api/v1/pages", {"path": "/hi/"}).json()

    assert (district["kind"], district["summary"]) == ("district", "Brass rings in every lane.")
    assert "<p>Lathes turn from dawn.</p>" in district["body"][0]["html"]
    assert story.json()["body"][3]["products"][0]["title"] == "पीतल का लोटा"
    assert front["kind"] == "home"
    assert client.get("/api/v1/pages", {"path": "/en/none/"}).status_code == 404
    assert client.get("/api/v1/pages", {"path": "/xx/"}).status_code == 404
