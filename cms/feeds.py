"""The stories for those who read elsewhere: feed readers, and programs that read for somebody."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from cms.pages.base import BasePage, PagesQuerySet
from cms.pages.crafts import CraftPage
from cms.pages.districts import DistrictPage
from cms.pages.stories import StoryPage
from cms.pictures import load_renditions, shown
from cms.tags import Tag
from storefront.core.freshness import BRIEFLY
from storefront.core.linked_data import absolute
from storefront.media.rules import Use

NEWEST = 20
_PLACES = {
    "shop": "All products, with filters by craft, district, material and more",
    "makers": "The makers",
    "how-search-works": "How the search works",
    "delivery": "Delivery",
    "returns": "Returns and refunds",
    "story-feed-atom": "The newest stories as a feed",
    "shop_api:openapi-json": "The shop as an API, as OpenAPI describes it",
}
# Characters that XML cannot hold; an editor may paste them with a title.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest stories in the language of the address, as RSS."""
    return _answer(request, Rss201rev2Feed)


@require_safe
def atom_feed(request: HttpRequest) -> HttpResponse:
    """Return the newest stories in the language of the address, as Atom."""
    return _answer(request, Atom1Feed)


@require_safe
def tag_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the newest stories of a tag in the language of the address, as RSS."""
    return _answer(request, Rss201rev2Feed, tag=get_object_or_404(Tag, slug=slug))


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """
    Tell programs that read for somebody what is where, in Markdown.

    Source: llmstxt.org, the order of title, quote and lists of links.
    """
    del request
    with override("en"):
        lines = [
            "# Zila (ज़िला)",
            "",
            "> Crafts of the 75 districts of Uttar Pradesh, India, bought from their makers.",
            "> Prices are in Indian rupees and include GST. Every page is in English and in Hindi:",
            "> put /hi/ in the place of /en/.",
            "",
            "## The shop",
            *(f"- [{text}]({absolute(reverse(name))})" for name, text in _PLACES.items()),
            *_chapter("Stories", StoryPage.objects.readable("en").order_by("-first_published_at")),
            *_chapter("Districts", DistrictPage.objects.readable("en").order_by("title")),
            *_chapter("Crafts", CraftPage.objects.readable("en").order_by("title")),
        ]
    return HttpResponse(
        "\n".join([*lines, ""]),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": BRIEFLY},
    )


def _chapter(title: str, pages: PagesQuerySet) -> list[str]:
    return ["", f"## {title}", *map(_link, pages.select_related("locale").defer("body"))]


def _link(page: BasePage) -> str:
    """Return a page as an item of a list; its words may not end the link."""
    name = re.sub(r"[\[\]\s]+", " ", page.title).strip()
    about = " ".join(page.told().split())
    return f"- [{name}]({absolute(page.address)}): {about}"


def _answer(
    request: HttpRequest, kind: type[SyndicationFeed], tag: Tag | None = None
) -> HttpResponse:
    title = gettext("Zila: stories from the workshops")
    about = gettext("How the crafts of Uttar Pradesh are made, told from the workshops.")
    made = kind(
        title=f"{title} – {tag.name}" if tag else title,
        link=absolute(tag.address if tag else reverse("stories")),
        description=(tag and tag.text) or about,
        language=get_language(),
        feed_url=absolute(request.path),
    )
    readable = StoryPage.objects.readable()
    wanted = readable.filter(tags=tag) if tag else readable
    stories = list(wanted.for_cards().select_related("craft")[:NEWEST])
    load_renditions(story.cover for story in stories)
    for story in stories:
        _add(made, story)
    response = HttpResponse(content_type=made.content_type)
    made.write(response, "utf-8")
    return response


def _add(made: SyndicationFeed, story: StoryPage) -> None:
    picture = shown(story.cover, Use.COVER)
    made.add_item(
        title=_plain(story.title),
        link=absolute(story.address),
        description=_plain(story.told()),
        pubdate=story.first_published_at,
        updateddate=story.last_published_at,
        # The same for ever, whatever becomes of the address.
        unique_id=f"urn:uuid:{story.translation_key}:{story.locale.language_code}",
        unique_id_is_permalink=False,
        categories=[each.name for each in (story.district, story.craft) if each],
        enclosures=[Enclosure(absolute(picture.large), "0", "image/webp")] if picture else [],
    )


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)
