"""A story is begun from another one: copied whole, or in parts."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.pages.stories import StoryPage
from cms.queries import stories_of_product
from storefront.atlas.models import District
from tests.cms.story_forms import editing, stories_page
from tests.cms.test_translating import submit
from tests.factories.catalogue import make_district, make_product
from tests.factories.pages import make_story


def duplicate(client: Client, story: StoryPage, **words: str) -> Any:
    known = {
        "new_title": "The second lota",
        "new_slug": "the-second-lota",
        "new_parent_page": stories_page().pk,
    }
    return client.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), known | words)


def blocks_of(story: StoryPage) -> list[dict[str, Any]]:
    return list(Page.objects.get(pk=story.pk).get_latest_revision_as_object().body.raw_data)


def kinds_of(story: StoryPage) -> list[str]:
    return [block["type"] for block in blocks_of(story)]


def copy(client: Client, story: StoryPage, target: StoryPage, *numbers: int) -> Any:
    """Copy blocks of a story, by their places, to another."""
    ids = [blocks_of(story)[number]["id"] for number in numbers]
    address = reverse("copy-blocks", args=[story.pk])
    return client.post(address, {"blocks": ids, "to": target.pk})


@pytest.fixture
def lota() -> StoryPage:
    """A story of a chapter, words, a quote and a product."""
    return make_story([make_product()], slug="a-lota-is-born")


@pytest.fixture
def bell() -> StoryPage:
    """Another story."""
    return make_story(slug="the-bell", title="The bell", chapters=[])


def test_a_copied_story_is_a_draft_of_its_own(
    editor: Client, client: Client, lota: StoryPage
) -> None:
    answer = duplicate(editor, lota)

    assert answer.status_code == 302
    made = StoryPage.objects.get(slug="the-second-lota")
    assert (made.live, made.title) == (False, "The second lota")
    assert made.translation_key != lota.translation_key
    assert kinds_of(made) == kinds_of(lota)
    assert client.get(made.address).status_code == 404
    assert client.get(lota.address).status_code == 200


def test_a_copy_that_is_published_sells_what_the_first_sells(
    editor: Client, lota: StoryPage
) -> None:
    duplicate(editor, lota, publish_copies="on")

    product = lota.sold.get().product
    assert {card.title for card in stories_of_product(product)} == {lota.title, "The second lota"}


@pytest.mark.parametrize("slug", ["a-lota-is-born", "feed", "", "दूसरा"])
def test_a_copy_needs_an_address_that_is_free(editor: Client, lota: StoryPage, slug: str) -> None:
    answer = duplicate(editor, lota, new_slug=slug)

    assert answer.status_code == 200
    assert "new_slug" in answer.context["form"].errors
    assert StoryPage.objects.count() == 1


def test_parts_of_a_story_are_put_at_the_end_of_another_draft(
    editor: Client, client: Client, lota: StoryPage, bell: StoryPage
) -> None:
    answer = copy(editor, lota, bell, 0, 3)

    assert (answer.status_code, answer["Location"]) == (302, editing(bell))
    assert kinds_of(bell) == ["chapter", "products"]
    assert blocks_of(bell)[0]["value"] == "The mould"
    assert kinds_of(lota) == ["chapter", "paragraph", "quote", "products"]
    assert Page.objects.get(pk=bell.pk).latest_revision.user.email == "editor@example.org"
    assert "The mould" not in client.get(bell.address).content.decode()


def test_copied_parts_have_numbers_of_their_own(
    editor: Client, lota: StoryPage, bell: StoryPage
) -> None:
    copy(editor, lota, bell, 3)
    copy(editor, lota, bell, 3)

    numbers = [
        number
        for block in [*blocks_of(bell), *blocks_of(lota)]
        for number in (block["id"], *(each["id"] for each in _products(block)))
    ]
    assert len(numbers) == len(set(numbers))
    products = {each["value"] for block in blocks_of(bell) for each in _products(block)}
    assert products == {lota.sold.get().product_id}


def _products(block: dict[str, Any]) -> list[dict[str, Any]]:
    value = block["value"]
    return list(value["products"]) if isinstance(value, dict) and "products" in value else []


def test_the_draft_of_both_is_what_counts(editor: Client, lota: StoryPage, bell: StoryPage) -> None:
    copy(editor, lota, bell, 0)

    copy(editor, bell, lota, 0)

    assert kinds_of(lota)[-1] == "chapter"
    assert len(blocks_of(bell)) == 1


def test_the_form_names_each_part_by_its_kind_and_first_words(
    editor: Client, lota: StoryPage, bell: StoryPage
) -> None:
    page = editor.get(reverse("copy-blocks", args=[lota.pk])).content

    html = BeautifulSoup(page, "html.parser")
    named = [" ".join(each.get_text().split()) for each in html.select("#id_blocks label")]
    assert named[0] == "Chapter: The mould"
    assert named[1].startswith("Paragraphs: Damp sand is packed")
    offered = [each.get_text() for each in html.select("#id_to option")]
    assert offered == ["---------", "The bell (English)"]
    assert bell.title in offered[1]


def test_a_story_offers_the_way_to_it(editor: Client, lota: StoryPage) -> None:
    assert reverse("copy-blocks", args=[lota.pk]) in editor.get(editing(lota)).content.decode()


def test_nothing_chosen_is_nothing_done(editor: Client, lota: StoryPage, bell: StoryPage) -> None:
    answer = copy(editor, lota, bell)

    assert "blocks" in answer.context["form"].errors
    assert blocks_of(bell) == []


def test_a_correspondent_copies_within_the_own_districts_only(
    correspondent: Client, lota: StoryPage
) -> None:
    banda: District = make_district("Banda", "बाँदा")
    elsewhere = make_story(slug="stone", title="Stone", district=banda, chapters=[])
    here = make_story(slug="the-bell", title="The bell", chapters=[])

    refused = copy(correspondent, lota, elsewhere, 0)
    taken = copy(correspondent, lota, here, 0)
    foreign = correspondent.get(reverse("copy-blocks", args=[elsewhere.pk]))

    assert "to" in refused.context["form"].errors
    assert blocks_of(elsewhere) == []
    assert taken.status_code == 302
    assert foreign.status_code == 302  # Wagtail sends who may not to the front page


def test_nothing_is_copied_into_a_translation_that_follows_its_original(
    editor: Client, lota: StoryPage, bell: StoryPage
) -> None:
    submit(editor, bell)
    hindi = StoryPage.objects.get(translation_key=bell.translation_key, locale__language_code="hi")

    answer = copy(editor, lota, hindi, 0)

    assert "to" in answer.context["form"].errors


def test_nothing_is_copied_into_a_story_that_somebody_has_locked(
    editor: Client, moderator: Client, lota: StoryPage, bell: StoryPage
) -> None:
    moderator.post(reverse("wagtailadmin_pages:lock", args=[bell.pk]))

    answer = copy(editor, lota, bell, 0)

    assert StoryPage.objects.get(pk=bell.pk).locked
    assert answer.context["form"].errors["to"] == ["This story is locked at the moment."]
