"""What of a page goes out as JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from cms.api_blocks import blocks_out, prose_out
from cms.block_schemas import Block
from cms.pages.base import BasePage
from cms.pages.stories import Occasion, StoryPage
from cms.pictures import load_renditions, shown
from cms.tags import Tag
from storefront.api.pagination import absolute
from storefront.api.schemas.catalogue import Name, Picture, picture_out
from storefront.atlas.models import Craft, District
from storefront.media.rules import Use


class LanguageOut(Schema):
    """A language the page can really be read in."""

    language: str
    url: str


class StoryOut(Schema):
    """A story in a list."""

    slug: str
    title: str
    url: str
    lead: str
    picture: Picture | None
    district: Name
    tags: list[Name]
    published_at: datetime | None


class StoryDetail(StoryOut):
    """A whole story."""

    key: UUID = Field(description="To be sent along when a product is bought out of the story.")
    language: str
    translations: list[LanguageOut]
    craft: Name | None
    occasion: Occasion
    read_minutes: int
    body: list[Block]


class TagOut(Name):
    """What stories have in common."""

    text: str = Field(description="A sentence about it, or nothing.")
    stories: int = Field(description="How many stories in the reader's language have it.")


class PageOut(Schema):
    """What stands at an address."""

    kind: str = Field(description="home, district, craft, maker, story, a list's name or page.")
    slug: str
    title: str
    url: str
    language: str
    translations: list[LanguageOut]
    summary: str
    picture: Picture | None
    body: list[Block]


def tag_out(tag: Any) -> TagOut:
    """Return a tag of a list; it knows its `number` of stories."""
    return TagOut(**_tag_name(tag).dict(), text=tag.text, stories=tag.number)


def story_out(story: StoryPage, tags: Iterable[Tag]) -> StoryOut:
    """Return a story with its tags for a list; its cover's renditions must have been fetched."""
    return StoryOut(**_short(story, tags))


def story_detail(story: StoryPage) -> StoryDetail:
    """Return a whole story."""
    load_renditions([story.cover])
    craft = story.craft
    return StoryDetail(
        **_short(story, story.named_tags()),
        key=story.translation_key,
        language=story.locale.language_code,
        translations=_translations(story),
        craft=_name(craft, "craft") if craft else None,
        occasion=Occasion(story.occasion),
        read_minutes=story.read_minutes,
        body=list(blocks_out(story.body)),
    )


def page_out(page: BasePage) -> PageOut:
    """Return any page; the language of the moment must be the page's."""
    load_renditions([page.cover])
    is_story = isinstance(page, StoryPage)
    blocks: list[Any] = list(blocks_out(page.body)) if is_story else prose_out(page.words())
    return PageOut(
        kind=page.address_name or "page",
        slug=page.slug,
        title=page.title,
        url=absolute(page.address),
        language=page.locale.language_code,
        translations=_translations(page),
        summary=_summary(page),
        picture=picture_out(shown(page.cover, Use.COVER)),
        body=blocks,
    )


def _short(story: StoryPage, tags: Iterable[Tag]) -> dict[str, Any]:
    return {
        "slug": story.slug,
        "title": story.title,
        "url": absolute(story.address),
        "lead": story.lead,
        "picture": picture_out(shown(story.cover, Use.COVER)),
        "district": _name(story.district, "district"),
        "tags": [_tag_name(tag) for tag in tags],
        "published_at": story.first_published_at,
    }


def _summary(page: BasePage) -> str:
    return getattr(page, "lead", "") or getattr(page, "intro", "") or page.search_description


def _name(thing: District | Craft, address: str) -> Name:
    url = absolute(reverse(address, args=[thing.slug]))
    return Name(slug=thing.slug, name=thing.name, url=url)


def _tag_name(tag: Tag) -> Name:
    return Name(slug=tag.slug, name=tag.name, url=absolute(tag.address))


def _translations(page: BasePage) -> list[LanguageOut]:
    return [
        LanguageOut(language=each["code"], url=absolute(each["url"]))
        for each in page.translations()
    ]
