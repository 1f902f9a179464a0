"""Tags: two names, one address a language, a list that caches keep; moderators merge them."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from cms.pages.stories import StoryPage
from cms.publish import write_tag
from cms.tag_merging import merge_tags
from cms.tags import Tag
from tests.catalogue.pages import hreflangs, told_to_sharers
from tests.cms.story_forms import adding, editing, form
from tests.cms.test_feeds import items
from tests.cms.test_sitemaps import entries
from tests.cms.test_translating import submit
from tests.factories.catalogue import make_product
from tests.factories.pages import make_story


def make_tag(name_en: str = "Rivers", name_hi: str = "नदियाँ", **text: str) -> Tag:
    return write_tag(name_en, name_hi, **text)


def both(slug: str, *tags: Tag) -> None:
    """Tell a story in both languages, each with these tags."""
    for language in ("en", "hi"):
        make_story(slug=slug, language=language, tags=tags)


def tags_of(story: StoryPage) -> list[str]:
    return [tag.name_en for tag in StoryPage.objects.get(pk=story.pk).named_tags()]


def test_a_tag_has_a_page_in_each_language_that_search_engines_understand(client: Client) -> None:
    both("one", make_tag(text_en="Work by a river.", text_hi="नदी किनारे का काम।"))

    english, hindi = (client.get(f"/{code}/stories/tag/rivers/") for code in ("en", "hi"))

    for page, name in ((english, "Rivers"), (hindi, "नदियाँ")):
        html = page.content.decode()
        assert f"<h1>{name}</h1>" in html
        assert f'<a href="{page.request["PATH_INFO"]}" aria-current="page">{name}</a>' in html
        assert hreflangs(page) == {
            "en": "http://testserver/en/stories/tag/rivers/",
            "hi": "http://testserver/hi/stories/tag/rivers/",
            "x-default": "http://testserver/en/stories/tag/rivers/",
        }
        assert page["Cache-Control"].startswith("public")
        assert not page.cookies
        assert "cookie" not in page.get("Vary", "").lower()
    assert '<meta name="description" content="Work by a river.">' in english.content.decode()
    assert told_to_sharers(hindi)["og:description"] == "नदी किनारे का काम।"
    assert "<title>Stories: Rivers · Zila</title>" in english.content.decode()


def test_the_journal_and_the_story_lead_to_the_tags_with_most_stories_first(
    client: Client,
) -> None:
    rivers, fire = make_tag(), make_tag("Fire", "आग")
    make_tag("Stars", "तारे")
    both("one", rivers, fire)
    both("two", fire)

    journal = client.get("/hi/stories/").context["tags"]
    story = client.get("/en/stories/one/")

    assert [(tag["name"], tag["url"]) for tag in journal] == [
        ("आग", "/hi/stories/tag/fire/"),
        ("नदियाँ", "/hi/stories/tag/rivers/"),
    ]
    assert [tag["name"] for tag in story.context["tags"]] == ["Fire", "Rivers"]
    assert '<a href="/en/stories/tag/fire/">Fire</a>' in story.content.decode()


def test_a_long_list_has_pages_each_with_an_address_of_its_own(client: Client) -> None:
    tag = make_tag()
    for number in range(13):
        make_story(slug=f"story-{number}", tags=[tag])

    first = client.get("/en/stories/tag/rivers/")
    second = client.get("/en/stories/tag/rivers/", {"page": "2"})
    beyond = client.get("/en/stories/tag/rivers/", {"page": "99"})

    assert [len(page.context["stories"]) for page in (first, second, beyond)] == [12, 1, 1]
    canonical = '<link rel="canonical" href="http://testserver/en/stories/tag/rivers/{}">'
    assert canonical.format("") in first.content.decode()
    assert canonical.format("?page=2") in second.content.decode()


def test_a_tag_without_stories_in_a_language_leads_to_the_other(client: Client) -> None:
    make_story(tags=[make_tag()])
    make_tag("Fire", "आग")

    answer = client.get("/hi/stories/tag/rivers/")

    assert (answer.status_code, answer["Location"]) == (302, "/en/stories/tag/rivers/")
    assert client.get("/en/stories/tag/fire/").status_code == 404
    assert client.get("/en/stories/tag/nothing/").status_code == 404
    assert list(hreflangs(client.get("/en/stories/tag/rivers/"))) == ["en", "x-default"]


def test_drafts_and_what_was_taken_back_are_never_counted(client: Client) -> None:
    tag = make_tag()
    draft, back = make_story(slug="one"), make_story(slug="two", tags=[tag])
    draft.tags = [tag]
    draft.save_revision()
    back.unpublish()

    assert client.get("/en/stories/tag/rivers/").status_code == 404
    assert client.get("/en/stories/").context["tags"] == []
    assert client.get("/api/v1/tags").json() == []


def test_only_lists_worth_it_are_in_the_sitemap(client: Client) -> None:
    rivers, fire = make_tag(), make_tag("Fire", "आग")
    both("one", rivers)
    make_story(slug="two", tags=[rivers, fire])

    assert list(entries(client, "tags")) == ["http://testserver/en/stories/tag/rivers/"]


def test_a_feed_tells_the_stories_of_one_tag(client: Client) -> None:
    make_story(slug="one", title="The ghat", tags=[make_tag()])
    make_story(slug="two")

    root, found = items(client, "/en/stories/tag/rivers/feed/")

    assert [item.findtext("title") for item in found] == ["The ghat"]
    assert root.findtext("channel/link") == "http://testserver/en/stories/tag/rivers/"
    assert 'href="/en/stories/tag/rivers/feed/"' in (
        client.get("/en/stories/tag/rivers/").content.decode()
    )


def test_other_front_ends_read_tags_and_the_stories_of_one(client: Client) -> None:
    rivers, fire = make_tag(text_en="Work by a river."), make_tag("Fire", "आग")
    make_story(slug="one", tags=[rivers, fire])
    make_story(slug="two", tags=[fire])

    tags = client.get("/api/v1/tags").json()
    stories = client.get("/api/v1/stories", {"tag": "rivers"}).json()["items"]
    whole = client.get("/api/v1/stories/one").json()

    assert [(tag["slug"], tag["stories"]) for tag in tags] == [("fire", 2), ("rivers", 1)]
    assert tags[1]["text"] == "Work by a river."
    assert [story["slug"] for story in stories] == ["one"]
    named = [{"slug": slug, "name": slug.title(), "url": f"http://testserver/en/stories/tag/{slug}/"}
             for slug in ("fire", "rivers")]  # fmt: skip
    assert stories[0]["tags"] == whole["tags"] == named


def test_an_editor_ticks_tags_by_name_and_writes_none(editor: Client) -> None:
    rivers, lota = make_tag(), make_product()
    page = editor.get(adding()).content.decode()

    editor.post(adding(), form(lota) | {"tags": [rivers.pk], "action-publish": "publish"})
    story = StoryPage.objects.get()
    refused = editor.post(
        editing(story), form(lota) | {"tags": ["Rivrs"], "action-publish": "publish"}
    )

    assert 'type="checkbox" name="tags"' in page
    assert "Rivers" in page
    assert tags_of(story) == ["Rivers"]
    assert refused.status_code == 200
    assert tags_of(story) == ["Rivers"]
    assert editor.get(reverse("tags:add")).status_code == 302


def test_a_translation_has_the_tags_of_its_original(editor: Client) -> None:
    story = make_story(tags=[make_tag()])

    submit(editor, story)

    hindi = StoryPage.objects.get(locale__language_code="hi")
    assert tags_of(hindi) == ["Rivers"]


def test_a_moderator_keeps_the_list(moderator: Client) -> None:
    words = {"name_en": "Weddings", "name_hi": "शादियाँ", "text_en": "", "text_hi": ""}

    moderator.post(reverse("tags:add"), words)
    again = moderator.post(reverse("tags:add"), words | {"name_en": "Weddings!", "name_hi": "ब्याह"})
    tag = Tag.objects.get()
    moderator.post(reverse("tags:edit", args=[tag.pk]), words | {"name_en": "Wedding days"})

    assert "There is a tag with nearly this name already." in again.content.decode()
    tag = Tag.objects.get()
    assert (tag.name_en, tag.slug) == ("Wedding days", "weddings")
    assert "शादियाँ" in moderator.get(reverse("tags:index")).content.decode()


def test_two_tags_become_one_with_stories_drafts_and_addresses(
    moderator: Client, editor: Client, client: Client
) -> None:
    old, kept = make_tag("River", "नदी"), make_tag()
    one, two = make_story(slug="one", tags=[old]), make_story(slug="two", tags=[old, kept])
    draft = make_story(slug="three")
    draft.tags = [old]
    draft.save_revision()
    submit(editor, one)
    merge = reverse("tags:merge", args=[old.pk])
    asked = moderator.get(merge).content.decode()

    answer = moderator.post(merge, {"into": kept.pk}, follow=True)

    assert "Rivers" in asked
    assert "“River” is now “Rivers”." in answer.content.decode()
    assert [tags_of(story) for story in (one, two)] == [["Rivers"], ["Rivers"]]
    [newest] = Revision.objects.filter(pk=StoryPage.objects.get(pk=draft.pk).latest_revision_id)
    assert newest.content["tags"] == [kept.pk]
    assert json.loads(TranslationSource.objects.get().content_json)["tags"] == [kept.pk]
    moved = client.get("/en/stories/tag/river/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/stories/tag/rivers/")


def test_an_address_merged_twice_leads_to_the_last_at_once(client: Client) -> None:
    first, second, third = make_tag("A", "क"), make_tag("B", "ख"), make_tag("C", "ग")
    make_story(tags=[first])

    merge_tags(first, into=second)
    merge_tags(second, into=third)

    assert client.get("/en/stories/tag/a/")["Location"] == "/en/stories/tag/c/"


def test_a_tag_is_not_merged_into_itself_nor_by_an_editor(
    moderator: Client, editor: Client
) -> None:
    tag, other = make_tag(), make_tag("Fire", "आग")

    with pytest.raises(ValueError, match="rivers"):
        merge_tags(tag, into=tag)
    refused = moderator.post(reverse("tags:merge", args=[tag.pk]), {"into": tag.pk})
    editor.post(reverse("tags:merge", args=[tag.pk]), {"into": other.pk})

    assert refused.status_code == 200
    assert Tag.objects.count() == 2


@pytest.mark.usefixtures("season_is_known")
def test_a_list_of_many_costs_as_much_as_one_of_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    rivers, fire = make_tag(), make_tag("Fire", "आग")
    make_story(slug="one", tags=[rivers])
    for number in range(3):
        make_story(slug=f"more-{number}", tags=[fire, rivers])

    with django_assert_num_queries(4):
        client.get("/en/stories/tag/fire/")
    with django_assert_num_queries(4):
        client.get("/en/stories/tag/rivers/")
