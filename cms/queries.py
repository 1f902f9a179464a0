"""What the shop asks of the pages: which stories sell a product, which tell of a word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchRank
from django.db.models import F, QuerySet
from wagtail.models import Page

from cms.cards import StoryCard
from cms.pages.base import BasePage, restricted
from cms.pages.home import HomePage
from cms.pages.stories import StoryPage, StoryProduct, StoryQuerySet
from cms.pictures import load_renditions
from storefront.catalogue.models import Product
from storefront.core.compiled import compiled

KINDS = {
    model.__name__.lower(): model
    for model in apps.get_app_config("cms").get_models()
    if issubclass(model, BasePage)
}
STORIES_OF_PRODUCT = 3
STORIES_FOUND = 6


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A page in all its languages: pairs of language and address; the number of its picture."""

    languages: tuple[tuple[str, str], ...]
    published_at: datetime | None
    picture: int | None


def stories_of_product(product: Product) -> list[StoryCard]:
    """Return the newest published stories that sell the product, in the language of the moment."""
    if not _tells_of(product.pk):  # so with most; it costs little
        return []
    selling = StoryPage.objects.readable().filter(sold__product=product)
    return _cards(selling.for_cards()[:STORIES_OF_PRODUCT])


@compiled
def _tells_of(product_id: int) -> QuerySet[StoryProduct, int]:
    return StoryProduct.objects.filter(product=product_id).values_list("pk", flat=True)[:1]


def search_stories(question: str) -> list[StoryCard]:
    """Return the stories that best fit a question as `to_tsquery` wants it; two queries."""
    told = CombinedSearchVector(
        F("index_entries__title"), "||", F("index_entries__body"), config=None
    )
    asked = SearchQuery(question, search_type="raw", config="english")
    stories = StoryPage.objects.readable().for_cards().alias(told=told).filter(told=asked)
    return _cards(stories.order_by(SearchRank(told, asked).desc(), "-pk")[:STORIES_FOUND])


def story_titles() -> Iterator[str]:
    """Return the titles of all stories that everybody may read, in both languages."""
    open_to_all = StoryPage.objects.own_words().exclude(restricted())
    yield from open_to_all.order_by("pk").values_list("title", flat=True)


def story_cards(stories: StoryQuerySet) -> list[StoryCard]:
    """Return stories as cards, newest first; two queries."""
    return _cards(stories.for_cards())


def _cards(stories: Iterable[StoryPage]) -> list[StoryCard]:
    found = list(stories)
    load_renditions(story.cover for story in found)
    return [story.card() for story in found]


def page_at(path: str) -> BasePage | None:
    """Return the page that readers see at an address of the site, such as /en/stories/."""
    language, _slash, rest = path.strip("/").partition("/")
    home = HomePage.objects.readable(language).order_by("path").first()
    if home is None:
        return None
    within = f"{home.url_path}{rest}/" if rest else home.url_path
    pages = Page.objects.live().filter(alias_of=None, content_type__app_label="cms")
    found = pages.exclude(restricted()).filter(url_path=within).select_related("locale").first()
    return found.specific if found else None


def page_addresses(kind: str) -> list[PageAddress]:
    """Return every page of a kind readers can reach, oldest first; one query."""
    model = KINDS[kind]
    rows = (
        model.objects.own_words()
        .exclude(restricted())
        .order_by("translation_key", "locale__language_code", "pk")
        .values(
            "translation_key",
            "slug",
            "locale__language_code",
            "last_published_at",
            picture=F(model.picture_field),
        )
    )
    return [
        _address(model, list(same))
        for _key, same in groupby(rows, lambda row: row["translation_key"])
    ]


def _address(kind: type[BasePage], same: list[dict[str, Any]]) -> PageAddress:
    return PageAddress(
        languages=tuple(
            (
                row["locale__language_code"],
                kind.address_of(language=row["locale__language_code"], slug=row["slug"]),
            )
            for row in same
        ),
        published_at=max(filter(None, (row["last_published_at"] for row in same)), default=None),
        picture=next(filter(None, (row["picture"] for row in same)), None),
    )
