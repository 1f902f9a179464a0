"""Stories and pages as JSON: the same words, products and addresses as on the site."""

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import translation
from ninja import Query, Router
from pydantic import Field

from cms.api_schemas import (
    PageOut,
    StoryDetail,
    StoryOut,
    TagOut,
    page_out,
    story_detail,
    story_out,
    tag_out,
)
from cms.draft_links import draft_at
from cms.pages.stories import StoryPage
from cms.pictures import load_renditions
from cms.queries import page_at
from cms.tag_pages import tags_of
from cms.tags import tags_in
from storefront.api.pagination import Listed, PageQuery, page_of
from storefront.core.clock import now

router = Router(tags=["Stories"])
# Dates cannot stand in a cursor; a newer story has a higher number.
ORDER = ("-pk",)
Slug = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,60}$")]


class StoryQuery(PageQuery):
    """Which stories."""

    district: Slug | None = Field(None, description="Slug of a district.")
    craft: Slug | None = Field(None, description="Slug of a craft.")
    tag: Slug | None = Field(None, description="Slug of a tag.")


@router.get("/stories", response=Listed[StoryOut])
def stories(request: HttpRequest, query: Annotated[StoryQuery, Query(...)]) -> Listed[StoryOut]:
    """List the stories in the reader's language, the latest first."""
    found = StoryPage.objects.readable().for_cards()
    if query.district:
        found = found.filter(district__slug=query.district)
    if query.craft:
        found = found.filter(craft__slug=query.craft)
    if query.tag:
        found = found.filter(tags__slug=query.tag)
    page = page_of(found, by=ORDER, paging=query, request=request)
    load_renditions(story.cover for story in page.rows)
    tags = tags_of(page.rows)
    items = [story_out(row, tags.get(row.pk, [])) for row in page.rows]
    return Listed(items=items, next=page.next, prev=page.prev)


@router.get("/tags", response=list[TagOut])
def tags(request: HttpRequest) -> list[TagOut]:
    """List the tags that stories in the reader's language have, those of most stories first."""
    return [tag_out(tag) for tag in tags_in(StoryPage.objects.readable())]


@router.get("/stories/{slug:slug}", response=StoryDetail)
def story(request: HttpRequest, slug: str) -> StoryDetail:
    """Tell a story, with its products at the price and stock of the moment."""
    found = (
        StoryPage.objects.readable()
        .select_related("locale", "cover", "district", "craft")
        .with_languages()
        .filter(slug=slug)
        .first()
    )
    if found is None:
        raise Http404
    return story_detail(found)


@router.get("/drafts/{slug:key}", response=StoryDetail | PageOut)
def draft(request: HttpRequest, key: str) -> StoryDetail | PageOut:
    """Tell the newest draft that an editor's link leads to; nothing once the link has ended."""
    found = draft_at(key, at=now())
    if found is None:
        raise Http404
    with translation.override(found.locale.language_code):
        return story_detail(found) if isinstance(found, StoryPage) else page_out(found)


@router.get("/pages", response=PageOut)
def page(
    request: HttpRequest,
    path: Annotated[
        str, Query(max_length=300, description="As on the site, such as /en/districts/agra/.")
    ],
) -> PageOut:
    """Tell what stands at an address of the site, in the language of the address."""
    found = page_at(path)
    if found is None:
        raise Http404
    with translation.override(found.locale.language_code):
        return page_out(found)
