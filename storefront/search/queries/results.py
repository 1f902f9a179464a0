"""Finding products, makers, stories and places by words, in both languages at once."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import CombinedSearchVector, SearchRank
from django.db.models import BigIntegerField, Count, F, QuerySet, Value, Window
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend
from modelsearch.backends.database.postgres.weights import get_sql_weights
from modelsearch.conf import get_app_config
from modelsearch.query import And, Or, PlainText, SearchQuery

from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries import Card, MakerCard, cards_of, maker_card
from storefront.catalogue.rules import ProductState
from storefront.core.plugs import plug
from storefront.core.words import in_language, plain
from storefront.media.queries import picture_view, with_renditions
from storefront.media.rules import Use
from storefront.search.queries.terms import place_url, vocabulary
from storefront.search.rules.meaning import Meaning, Unit, corrected, read_meaning
from storefront.search.rules.vocabulary import Name

IndexEntry: Any = get_app_config().get_model("IndexEntry")
# The index knows its objects by text.
PRODUCT = Cast("object_id", BigIntegerField())
PAGE_SIZE = 24
# Note [Few are ranked]
# A rank reads all words of an entry: five microseconds for each of thousands that hold a common
# word. So only the newest of them are put in order; nobody turns forty pages.
RANKED = 1000
MAKERS_SHOWN, PLACES_SHOWN = 8, 6


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A craft or district that was meant."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """
    One page of products; makers, stories and places come with the first.

    `shown_for` are the words that were asked instead of those typed, `left_out` those that nothing
    resembles; `nearby` are places to look at when nothing was found.
    """

    total: int = 0
    page: int = 1
    pages: int = 1
    cards: tuple[Card, ...] = ()
    makers: tuple[MakerCard, ...] = ()
    stories: tuple[Any, ...] = ()
    places: tuple[PlaceLink, ...] = ()
    shown_for: str = ""
    left_out: tuple[str, ...] = ()
    nearby: tuple[PlaceLink, ...] = ()

    @property
    def has_hits(self) -> bool:
        """Return whether any product, maker or story fits."""
        return bool(self.total or self.makers or self.stories)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing fits, not even a place's name."""
        return not (self.has_hits or self.places)


NOTHING = Found()


def find(words: str, *, page: int) -> Found:
    """
    Return what holds all the words in any spelling or meaning, best first.

    Where nothing does, words are taken for misspelt; a page beyond the last is the last.
    """
    known = vocabulary()
    meaning = read_meaning(words, known)
    if not meaning.units:
        return NOTHING
    found = _found(meaning, _links(meaning.places(known)), page)
    if found.has_hits:
        return found
    mended = corrected(meaning, known)
    if mended:
        nearer = _found(mended, _links(mended.places(known)), page)
        shown_for = mended.words if mended.is_corrected or mended.left_out else ""
        if nearer.has_hits or (found.is_empty and not nearer.is_empty):
            return replace(nearer, shown_for=shown_for, left_out=mended.left_out)
    return replace(found, nearby=_links(known.nearby(words)) if found.is_empty else ())


def asked(meaning: Meaning) -> SearchQuery:
    """Return the question as the search library understands it: all units, each in any meaning."""
    units = [_any_of(unit) for unit in meaning.units]
    return units[0] if len(units) == 1 else And(units)


def _any_of(unit: Unit) -> SearchQuery:
    phrases: list[SearchQuery] = [PlainText(" ".join(phrase)) for phrase in unit.phrases]
    if unit.words:
        phrases.insert(0, PlainText(" ".join(unit.words), operator="or"))
    return phrases[0] if len(phrases) == 1 else Or(phrases)


def _found(meaning: Meaning, places: tuple[PlaceLink, ...], page: int) -> Found:
    question = asked(meaning)
    total, candidates = _candidates(question)
    pages = max(1, -(-len(candidates) // PAGE_SIZE))
    number = min(max(page, 1), pages)
    is_first = number == 1
    best = _best(question, PlainText(meaning.words), candidates, number) if candidates else []
    return Found(
        total=total,
        page=number,
        pages=pages,
        cards=tuple(cards_of(best)),
        makers=_makers(question) if is_first else (),
        stories=tuple(plug("STORY_SEARCH")(question)) if is_first else (),
        places=places if is_first else (),
    )


def _candidates(question: SearchQuery) -> tuple[int, list[int]]:
    """
    Return how many live products fit, and the entries of the newest of them.

    See Note [Few are ranked].
    """
    rows = _entries(question).order_by("-product").annotate(total=Window(Count("*")))
    found = list(rows.values_list("pk", "total")[:RANKED])
    return (found[0][1], [entry for entry, _ in found]) if found else (0, [])


def _best(question: SearchQuery, typed: SearchQuery, candidates: list[int], page: int) -> list[int]:
    """Return the products of one page of the candidates, best first; words as typed count twice."""
    rank = sum(
        SearchRank(vector, _tsquery(each), weights=get_sql_weights()) * weight
        for vector, weight in ((F("title"), F("title_norm")), (F("body"), Value(1.0)))
        for each in (question, typed)
    )
    best = plain(IndexEntry).filter(pk__in=candidates).alias(rank=rank)
    ordered = best.annotate(product=PRODUCT).order_by("-rank", "-product")
    shown = slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return list(ordered.values_list("product", flat=True)[shown])


def _entries(question: SearchQuery) -> QuerySet[Any]:
    """Return the index entries of live products that fit, with `product`."""
    live = plain(Product).filter(state=ProductState.LIVE)
    entries: QuerySet[Any] = (
        plain(IndexEntry)
        .filter(content_type=ContentType.objects.get_for_model(Product))
        .alias(words=CombinedSearchVector(F("title"), "||", F("body"), config=None))
        .filter(words=_tsquery(question))
        .annotate(product=PRODUCT)
        .filter(product__in=live.values("pk"))
    )
    return entries


def _tsquery(question: SearchQuery) -> Any:
    """Return the question as the library itself asks PostgreSQL."""
    backend = get_search_backend()
    compiler = backend.query_compiler_class(plain(Product), question)
    return compiler.build_tsquery(compiler.query, config=backend.config)


def _makers(question: SearchQuery) -> tuple[MakerCard, ...]:
    makers = Artisan.objects.select_related("craft", "portrait").prefetch_related(
        with_renditions("portrait__renditions", Use.CARD)
    )
    return tuple(
        maker_card(maker, picture_view(maker.portrait, Use.CARD) if maker.portrait else None)
        for maker in get_search_backend().search(question, makers)[:MAKERS_SHOWN]
    )


def _links(names: list[Name]) -> tuple[PlaceLink, ...]:
    return tuple(
        PlaceLink(
            name=in_language(name.english, name.hindi),
            url=place_url(kind=name.kind, text=name.english, slug=name.slug, number=name.number),
        )
        for name in names[:PLACES_SHOWN]
    )
