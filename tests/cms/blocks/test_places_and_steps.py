"""Places on the map, pictures together, steps of making, advice for home."""

from typing import Any

import pytest
from django.test import Client

from tests.cms.blocks.telling import read, tell, told_by_api, words_of
from tests.cms.blocks.values import GONE, image
from tests.factories.catalogue import make_district, make_picture, make_product


@pytest.fixture
def districts() -> None:
    make_product()
    make_district("Aligarh", "अलीगढ़")


def test_the_map_marks_the_places_and_the_list_names_them(districts: None) -> None:
    tell(
        (
            "places",
            {"title": "", "places": [{"district": "aligarh", "words": "where locks are made"}]},
        )
    )

    shown = read().select_one(".places")

    tiles = shown.select_one("ol.tiles[aria-hidden=true]")
    assert [words_of(each) for each in tiles.select("li[class*=t-]")] == [words_of(tiles).strip()]
    assert len(tiles.select("li")) == 2
    assert tiles.select("a") == []
    [name] = shown.select("ul li")
    assert words_of(name) == "Aligarh · where locks are made"
    assert name.a["href"] == "/en/districts/aligarh/"


def test_places_are_named_in_the_language_of_the_story(districts: None) -> None:
    tell(("places", {"places": [{"district": "aligarh"}]}), language="hi")

    assert words_of(read("hi").select_one(".places ul")) == "अलीगढ़"


def test_programs_are_told_the_places_by_name_and_address(districts: None) -> None:
    tell(("places", {"places": [{"district": "aligarh"}, {"district": "atlantis"}]}))

    [told] = told_by_api()

    [place] = told["places"]
    assert place["district"]["slug"] == "aligarh"
    assert place["district"]["url"] == "http://testserver/en/districts/aligarh/"


def test_a_map_costs_no_query_more_for_a_second_one(districts: None, queries_of: Any) -> None:
    block = ("places", {"places": [{"district": "aligarh"}]})
    tell(block, slug="one")
    tell(block, block, slug="two")

    assert queries_of("/en/stories/one/") == queries_of("/en/stories/two/")


def test_steps_slide_without_script_and_by_keys() -> None:
    picture = make_picture()
    steps = [
        {"title": "Before", "picture": image(picture.pk), "words": "Sand."},
        {"title": "After", "picture": image(GONE), "words": "Gold."},
    ]
    tell(("steps", {"title": "", "steps": steps}))

    shown = read()

    row = shown.select_one("ol.swipe-row")
    assert (row["tabindex"], row["aria-label"]) == ("0", "Step by step")
    assert [words_of(each) for each in row.select("li")] == ["Before Sand.", "After Gold."]
    assert len(row.select(".picture")) == 1


def test_a_gallery_lies_in_a_row_or_all_at_once() -> None:
    pictures = [{"picture": image(make_picture().pk), "caption": "First"}] * 2
    tell(
        ("gallery", {"title": "One morning", "pictures": pictures}),
        ("gallery", {"title": "", "pictures": pictures, "layout": "grid"}),
    )

    row, grid = read().select("ul.swipe-row, ul.grid-row")

    assert (row["tabindex"], row["aria-label"]) == ("0", "One morning")
    assert (grid.get("tabindex"), grid["aria-label"]) == (None, "Pictures")


def test_a_picture_has_the_words_of_its_story_and_none_if_it_is_decoration() -> None:
    number = make_picture("A brass lota").pk
    decoration = {"image": number, "alt_text": "", "decorative": True}
    tell(
        ("wide_picture", {"picture": image(number), "height": "tall"}),
        ("gallery", {"pictures": [{"picture": decoration}, {"picture": image(number)}]}),
    )

    assert [each["alt"] for each in read().select("img")] == [
        "A lota in the sand",
        "",
        "A lota in the sand",
    ]


@pytest.mark.parametrize(
    ("kind", "title", "heading"),
    [
        ("care", "", "How to care for it"),
        ("recipe", "", "Recipe"),
        ("recipe", "Khichri", "Khichri"),
    ],
)
def test_advice_has_a_heading_in_any_case(
    client: Client, kind: str, title: str, heading: str
) -> None:
    tell(("care", {"kind": kind, "title": title, "steps": ["Soak it."], "notes": ""}))

    shown = read()

    assert words_of(shown.select_one("h3")) == heading
    assert [words_of(each) for each in shown.select("ol.numbered li")] == ["Soak it."]
    assert told_by_api()[0]["title"] == heading
