"""What holds of every kind of block, by name: shown, previewed, told to programs, taken back."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block

from cms.blocks import StoryBlocks
from cms.pages.stories import StoryPage
from storefront.media.models import Picture
from tests.cms.blocks.telling import previewed, read, tell, told_by_api, words_of
from tests.cms.blocks.values import broken, full, least, make_world

KINDS = tuple(StoryBlocks().child_blocks)
SHOWN = {
    "chapter": "The mould",
    "paragraph": "Damp sand .",
    "quote": "Small strokes.",
    "term": "bhapka the receiver",
    "picture": "At dawn",
    "wide_picture": "The yard",
    "gallery": "A morning First",
    "recording": "The still",
    "places": "From pond to fair",
    "steps": "From sand to lota Before Sand. After Gold.",
    "making": "One day Dawn Roses. Noon Fire.",
    "care": "Khichri Soak the rice. Cook it. Ghee last.",
    "product": "The thumb knows. Brass lota ₹1,450",
    "products": "Three lotas Brass lota ₹1,450",
    "product_row": "From the lanes Brass lota ₹1,450",
    "made_by": "Made by Shabana Parveen Brassware, Moradabad Three generations.",
    "fair_price": "Where it goes Brass ₹900.50 Work ₹549.50 Price ₹1,450 Of one lota.",
}
# Of these nothing is left when what they show was deleted; the editor is told.
LOST = {
    "picture": "What was chosen here was deleted.",
    "wide_picture": "What was chosen here was deleted.",
    "gallery": "What was chosen here was deleted.",
    "recording": "What was chosen here was deleted.",
    "places": "What was chosen here was deleted.",
    "product": "1 product here is no longer on sale.",
    "products": "2 products here are no longer on sale.",
    "product_row": "Nothing fits this row at the moment.",
    "made_by": "What was chosen here was deleted.",
    "fair_price": "The rows add up to ₹0, the price is ₹0.",
}


def block(kind: str) -> Block:
    return StoryPage.body.field.stream_block.child_blocks[kind]


def test_every_kind_is_tried_here() -> None:
    world = make_world()

    assert tuple(full(world)) == tuple(least(world)) == tuple(SHOWN) == KINDS
    assert set(broken()) == set(KINDS) - {"paragraph", "term"}


@pytest.mark.parametrize("language", ["en", "hi"])
def test_readers_see_all_that_blocks_hold(language: str) -> None:
    values = full(make_world())
    tell(*values.items(), language=language)

    shown = words_of(read(language))

    missing = {kind: words for kind, words in SHOWN.items() if words not in shown}
    assert language == "hi" or missing == {}
    assert "₹1,450" in shown


def test_blocks_with_as_little_as_they_may_have_are_shown() -> None:
    values = least(make_world())
    tell(*values.items())

    shown = read()

    assert "None" not in words_of(shown)
    here = ("quote", "term", "bleed", "swipe-row", "recording", "places", "process", "making")
    here = (*here, "numbered", "buyable", "made-by", "fair")
    assert [name for name in here if not shown.select(f".{name}")] == []
    assert len(shown.select(".picture")) == 8
    assert words_of(shown.select_one(".fair h3")) == "What the price pays for"


def test_what_is_lost_leaves_the_page_whole_and_is_told_to_the_editor(editor: Client) -> None:
    make_world()
    story = tell(*broken().items())

    for_readers, for_editor = read(), words_of(previewed(editor, story))

    assert for_readers.select(".notice, .picture, audio, video, .places, .fair, .buyable") == []
    assert words_of(for_readers.select_one(".quote")) == "Small strokes."
    assert "Before Sand." in words_of(for_readers)
    assert {kind for kind, words in LOST.items() if words not in for_editor} == set()


@pytest.mark.parametrize("kind", LOST)
def test_a_block_alone_tells_of_its_own_loss(editor: Client, kind: str) -> None:
    story = tell((kind, broken()[kind]))

    for_editor = previewed(editor, story).select(".notice")

    assert [words_of(each).startswith(LOST[kind]) for each in for_editor] == [True]


@pytest.mark.parametrize("kind", KINDS)
def test_what_programs_read_of_a_block_can_be_written_back(kind: str) -> None:
    given = full(make_world())[kind]
    value = block(kind).to_python(given)

    told = json.loads(json.dumps(block(kind).get_api_representation(value), cls=DjangoJSONEncoder))
    again = block(kind).to_python(told)

    assert kept(kind, again) == kept(kind, value)
    assert kept(kind, block(kind).clean(again)) == kept(kind, value)


@pytest.mark.parametrize("kind", broken())
def test_what_programs_read_of_a_lost_thing_can_be_written_back(kind: str) -> None:
    value = block(kind).to_python(broken()[kind])

    told = json.loads(json.dumps(block(kind).get_api_representation(value), cls=DjangoJSONEncoder))

    assert kept(kind, block(kind).to_python(told)) == kept(kind, value)


def kept(kind: str, value: Any) -> Any:
    """Return a block's value as the page keeps it, without the numbers of list items."""
    return without_ids(
        json.loads(json.dumps(block(kind).get_prep_value(value), cls=DjangoJSONEncoder))
    )


def without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [without_ids(each["value"]) for each in value]
    if isinstance(value, dict):
        return {name: without_ids(each) for name, each in value.items()}
    return value


def test_the_api_tells_all_blocks_by_their_names() -> None:
    tell(*full(make_world()).items())

    assert sorted(told["type"] for told in told_by_api()) == sorted(KINDS)


def test_the_api_leaves_out_what_is_lost() -> None:
    tell(*broken().items())

    told = {each["type"]: each for each in told_by_api()}

    assert set(broken()) - set(told) == {
        *("picture", "wide_picture", "recording", "made_by", "fair_price")
    }
    assert (told["quote"]["maker"], told["product"]["product"]) == (None, None)
    assert told["steps"]["steps"] == [{"title": "Before", "words": "Sand.", "picture": None}]
    assert told["gallery"]["pictures"] == told["places"]["places"] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_empty", [False, True], ids=["stocked", "bare"])
def test_an_editor_sees_what_a_block_will_look_like(
    editor: Client, kind: str, is_empty: bool
) -> None:
    if not is_empty:
        make_world()
    address = reverse("wagtailadmin_block_preview")

    shown = editor.get(address, {"id": block(kind).definition_prefix})

    assert shown.status_code == 200
    page = shown.content.decode()
    assert "--paper:" in page, "with the theme's colours"
    assert 'class="prose prose--story"' in page
    assert "base/pages.css" in page


@pytest.mark.parametrize("kind", KINDS)
def test_the_menu_names_each_block_with_a_picture_and_a_group(kind: str) -> None:
    offered = block(kind)

    assert offered.label
    assert offered.meta.icon != "placeholder"
    assert offered.meta.group
    assert offered.get_description()
    assert offered.is_previewable


def test_settings_are_folded_away() -> None:
    hidden = {
        kind: offered.meta.form_layout.settings
        for kind in KINDS
        if (offered := block(kind)) and getattr(offered.meta, "form_layout", None)
    }

    assert {kind: found for kind, found in hidden.items() if found} == {
        "quote": ["look"],
        "wide_picture": ["height"],
        "gallery": ["layout"],
        "care": ["look"],
        "product_row": ["order", "count", "look"],
        "made_by": ["look"],
        "fair_price": ["look"],
    }


def test_a_story_of_all_blocks_costs_few_queries(client: Client, queries_of: Any) -> None:
    world = make_world()
    tell(*full(world).items(), *full(world).items())

    assert queries_of("/en/stories/a-story-of-blocks/") <= 15


def test_the_pictures_of_a_preview_are_the_newest_of_the_library(editor: Client) -> None:
    make_world()
    newest = Picture.objects.order_by("-pk").first()

    shown = editor.get(
        reverse("wagtailadmin_block_preview"), {"id": block("wide_picture").definition_prefix}
    )

    assert Path(newest.file.name).stem in shown.content.decode()


def test_words_of_a_story_are_found_and_its_settings_are_not(client: Client) -> None:
    tell(*full(make_world()).items())

    indexed = " ".join(
        text
        for text in StoryPage.objects.get().body.stream_block.get_searchable_content(
            StoryPage.objects.get().body
        )
    )

    assert "Three generations." in indexed
    assert "Now we wait." in indexed
    assert "tinted" not in indexed
