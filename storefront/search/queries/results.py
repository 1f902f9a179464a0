"""Finding products, makers, stories and places by words, in both languages at once."""

from dataclasses import dataclass, replace
from typing import Any

from storefront.catalogue.queries import Card, MakerCard, cards_of
from storefront.core.plugs import plug
from storefront.core.words import in_language
from storefront.search.queries.makers import makers_with
from storefront.search.queries.products import RANKED, products_with
from storefront.search.queries.terms import place_url, vocabulary
from storefront.search.rules.meaning import Meaning, corrected, read_meaning
from storefront.search.rules.vocabulary import Name

PLACES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A craft or district that was meant."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """
    One page of products; makers, stories and places come with the first.

    Of the products, `total`, no more than one beyond RANKED are counted. `shown_for` are the words
    that were asked instead of those typed, `left_out` those that nothing resembles; `nearby` are
    places to look at when nothing was found.
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
    def are_more(self) -> bool:
        """Return whether there are more products than anybody counted."""
        return self.total > RANKED

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


def _found(meaning: Meaning, places: tuple[PlaceLink, ...], page: int) -> Found:
    best = products_with(meaning, page=page)
    is_first = best.page == 1
    return Found(
        total=best.total,
        page=best.page,
        pages=best.pages,
        cards=tuple(cards_of(best.numbers)),
        makers=tuple(makers_with(meaning)) if is_first else (),
        stories=tuple(plug("STORY_SEARCH")(meaning.asked)) if is_first else (),
        places=places if is_first else (),
    )


def _links(names: list[Name]) -> tuple[PlaceLink, ...]:
    return tuple(
        PlaceLink(
            name=in_language(name.english, name.hindi),
            url=place_url(kind=name.kind, text=name.english, slug=name.slug, number=name.number),
        )
        for name in names[:PLACES_SHOWN]
    )
