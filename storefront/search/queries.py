"""Finding products, makers and stories by words, in both languages at once."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchRank
from django.db.models import BigIntegerField, Count, F, QuerySet, Value, Window
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.backends.database.postgres.weights import get_sql_weights
from modelsearch.conf import get_app_config

from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries import Card, cards_of
from storefront.catalogue.rules import ProductState
from storefront.core.plugs import plug
from storefront.core.words import plain
from storefront.media.queries import PictureView, picture_view, with_renditions
from storefront.media.rules import Use

IndexEntry: Any = get_app_config().get_model("IndexEntry")
# The index knows its objects by text.
PRODUCT = Cast("object_id", BigIntegerField())
PAGE_SIZE = 24
# Note [Few are ranked]
# A rank reads all words of an entry: five microseconds for each of thousands that hold a common
# word. So only the newest of them are put in order; nobody turns forty pages.
RANKED = 1000
MAKERS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class MakerCard:
    """A maker in a list."""

    name: str
    url: str
    craft_name: str
    town: str
    picture: PictureView | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of products; makers and stories come with the first."""

    total: int
    page: int
    pages: int
    cards: list[Card]
    makers: list[MakerCard]
    stories: list[Any]


NOTHING = Found(total=0, page=1, pages=1, cards=[], makers=[], stories=[])


def find(words: str, *, page: int) -> Found:
    """Return what holds all the words, best first; the last page if there are fewer."""
    total, candidates = _candidates(words)
    pages = max(1, -(-len(candidates) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    is_first = number == 1
    return Found(
        total=total,
        page=number,
        pages=pages,
        cards=cards_of(_best(words, candidates, number)) if candidates else [],
        makers=_makers(words) if is_first else [],
        stories=list(plug("STORY_SEARCH")(words)) if is_first else [],
    )


def _candidates(words: str) -> tuple[int, list[int]]:
    """
    Return how many live products hold all the words, and the entries of the newest of them.

    See Note [Few are ranked].
    """
    rows = _entries(words).order_by("-product").annotate(total=Window(Count("*")))
    found = list(rows.values_list("pk", "total")[:RANKED])
    return (found[0][1], [entry for entry, _ in found]) if found else (0, [])


def _best(words: str, candidates: list[int], page: int) -> list[int]:
    """Return the products of one page of the candidates, best first."""
    rank = sum(
        SearchRank(vector, _question(words), weights=get_sql_weights()) * weight
        for vector, weight in ((F("title"), F("title_norm")), (F("body"), Value(1.0)))
    )
    best = plain(IndexEntry).filter(pk__in=candidates).alias(rank=rank)
    ordered = best.annotate(product=PRODUCT).order_by("-rank", "-product")
    shown = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return list(ordered.values_list("product", flat=True)[shown])


def _entries(words: str) -> QuerySet[Any]:
    """Return the index entries of live products that hold all the words, with `product`."""
    live = plain(Product).filter(state=ProductState.LIVE)
    entries: QuerySet[Any] = (
        plain(IndexEntry)
        .filter(content_type=ContentType.objects.get_for_model(Product))
        .alias(words=CombinedSearchVector(F("title"), "||", F("body"), config=None))
        .filter(words=_question(words))
        .annotate(product=PRODUCT)
        .filter(product__in=live.values("pk"))
    )
    return entries


def _question(words: str) -> SearchQuery:
    """Return the words as the library itself asks for them."""
    backend = get_search_backend()
    compiler = backend.query_compiler_class(plain(Product), words)
    question: SearchQuery = compiler.build_tsquery(compiler.query, config=backend.config)
    return question


def _makers(words: str) -> list[MakerCard]:
    makers = Artisan.objects.select_related("craft", "portrait").prefetch_related(
        with_renditions("portrait__renditions", Use.CARD)
    )
    return [
        MakerCard(
            name=maker.name,
            url=maker.get_absolute_url(),
            craft_name=maker.craft.name,
            town=maker.town,
            picture=picture_view(maker.portrait, Use.CARD) if maker.portrait else None,
        )
        for maker in get_search_backend().search(words, makers)[:MAKERS_SHOWN]
    ]
