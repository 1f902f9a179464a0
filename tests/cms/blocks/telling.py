"""A story of a few blocks, as readers, editors and programs see it."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from cms.pages.stories import StoryPage
from cms.publish import Chapter
from tests.factories.pages import make_story

SLUG = "a-story-of-blocks"
Told = tuple[str, Any]


def tell(*blocks: Told, language: str = "en", slug: str = SLUG) -> StoryPage:
    """Publish a story of these blocks, after a chapter's first words."""
    chapter = Chapter(heading="The mould", paragraphs=["Damp sand."], blocks=blocks)
    return make_story(slug=slug, language=language, chapters=[chapter], title="A story of blocks")


def read(language: str = "en", slug: str = SLUG) -> Tag:
    """Return what readers see of its blocks."""
    answer = Client().get(f"/{language}/stories/{slug}/")
    assert answer.status_code == 200
    return body_of(answer.content)


def previewed(editor: Client, story: StoryPage) -> Tag:
    """Return what an editor sees of its draft."""
    return body_of(editor.get(reverse("wagtailadmin_pages:view_draft", args=[story.pk])).content)


def told_by_api(language: str = "en", slug: str = SLUG) -> list[dict[str, Any]]:
    """Return the blocks as JSON, without the chapter's first words."""
    answer = Client().get(f"/api/v1/stories/{slug}", {"lang": language})
    assert answer.status_code == 200, answer.content
    blocks: list[dict[str, Any]] = answer.json()["body"]
    # Terms stand before the words they explain.
    words = next(place for place, each in enumerate(blocks) if each["type"] == "paragraph")
    return blocks[1:words] + blocks[words + 1 :]


def body_of(html: bytes) -> Tag:
    """Return the part of a page in which the blocks stand."""
    body = BeautifulSoup(html, "html.parser").select_one(".prose--story")
    assert body is not None
    return body


def words_of(tag: Tag) -> str:
    """Return what is written in a part of a page, with single spaces."""
    return " ".join(tag.get_text(" ").split())
