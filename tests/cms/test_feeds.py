"""Stories for those who read elsewhere."""

from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from cms.pages.story_forms import StoryForm
from tests.catalogue.pages import linked_data
from tests.factories.catalogue import make_artisan, make_picture
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)

ATOM = "{http://www.w3.org/2005/Atom}"


def items(client: Client, address: str) -> tuple[Any, list[Any]]:
    page = client.get(address)
    assert page["Cache-Control"].startswith("public")
    root = ET.fromstring(page.content)
    return root, [*root.iter("item"), *root.iter(f"{ATOM}entry")]


def test_the_feed_tells_the_newest_stories_with_picture_place_and_craft(client: Client) -> None:
    story = make_story(cover=make_picture())

    root, (item,) = items(client, "/en/stories/feed/")

    assert root.findtext("channel/link") == "http://testserver/en/stories/"
    assert item.findtext("title") == story.title
    assert item.findtext("link") == f"http://testserver{story.address}"
    assert item.findtext("description") == story.search_description
    assert {each.text for each in item.iter("category")} == {"Moradabad", "Brassware"}
    assert item.find("enclosure").get("url").startswith("http://testserver/media/")
    UUID(item.findtext("guid").split(":")[2])


def test_each_language_has_its_own_and_drafts_are_in_none(client: Client) -> None:
    make_story().unpublish()
    hindi = make_story(slug="tap", language="hi")

    assert items(client, "/en/stories/feed/")[1] == []
    assert items(client, "/en/stories/feed/atom/")[1] == []
    (entry,) = items(client, "/hi/stories/feed/atom/")[1]
    assert entry.findtext(f"{ATOM}title") == hindi.title


def test_a_feed_costs_the_same_however_many_stories(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        make_story(slug=f"story-{number}", cover=make_picture())

    with django_assert_max_num_queries(4):
        assert len(items(client, "/en/stories/feed/")[1]) == 3


def test_what_xml_cannot_hold_is_left_out(client: Client) -> None:
    make_story(title="Sand\x0b, fire 🔥 & <b>chisel</b>", lead="\u202eright to left")

    (item,) = items(client, "/en/stories/feed/")[1]

    assert item.findtext("title") == "Sand, fire 🔥 & <b>chisel</b>"


def test_the_list_of_stories_names_its_feeds(client: Client) -> None:
    html = client.get("/hi/stories/").content.decode()

    assert 'type="application/rss+xml" href="/hi/stories/feed/"' in html
    assert 'type="application/atom+xml" href="/hi/stories/feed/atom/"' in html


def test_no_story_can_take_the_feed_s_address() -> None:
    story = make_story()
    form = StoryForm.__new__(StoryForm)
    form.cleaned_data, form.instance = {"slug": "feed"}, story

    with pytest.raises(Exception, match="for something else"):
        form.clean_slug()


def test_programs_that_read_for_somebody_find_what_everybody_can_read(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    story, draft = make_story(title="Sand [and] fire"), make_story(slug="draft", title="Not yet")
    draft.unpublish()
    district, craft = make_district_page(), make_craft_page()

    with django_assert_max_num_queries(4):
        page = client.get("/llms.txt")

    text = page.content.decode()
    assert page["Content-Type"].startswith("text/plain")
    assert text.startswith("# Zila")
    assert f"- [Sand and fire](http://testserver{story.address}): {story.told()}" in text
    for each in (district, craft):
        assert f"](http://testserver{each.address})" in text
    assert "Not yet" not in text


def test_a_story_is_told_to_search_engines_as_an_article(client: Client) -> None:
    story = make_story(cover=make_picture())

    told = linked_data(client.get(story.address), "Article")

    assert (told["headline"], told["inLanguage"]) == (story.title, "en")
    assert told["contentLocation"]["name"] == "Moradabad"
    assert told["datePublished"] <= told["dateModified"]
    assert told["image"][0].startswith("http://testserver/media/")


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_a_real_maker_is_told_as_a_person_and_a_demonstration_is_not(
    client: Client, is_demonstration: bool
) -> None:
    make_artisan_page(make_artisan(is_demonstration=is_demonstration))

    html = client.get("/en/makers/shabana-parveen/").content.decode()

    assert ('"@type":"Person"' in html) is not is_demonstration
