"""One page of the shop: what fits, how many there are, and what each other filter would give."""

from collections import Counter
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, override

from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan
from storefront.catalogue.queries.cards import Card, cards
from storefront.catalogue.queries.filters import ORDER, Group, Wish, fitting
from storefront.catalogue.queries.tally import Chosen, Tally, tally_of
from storefront.core.kept import kept
from storefront.core.words import plain, told

PAGE_SIZE = 24
# More makers than this nobody reads through; those chosen are always among them.
MAKERS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Named:
    """Who bears a name to filter by."""

    id: int
    slug: str
    name: str


Bearers = dict[Group, dict[str, Named]]


@dataclass(frozen=True, slots=True)
class Option:
    """A name to filter by, and how many products it would give within the other filters."""

    slug: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShopPage:
    """A page of the shop. `wish` is what was really used, `unknown` the names nobody bears."""

    wish: Wish
    unknown: tuple[str, ...]
    options: dict[Group, list[Option]]
    total: int
    pages: int
    cards: list[Card]

    def chosen(self, group: Group) -> list[Option]:
        """Return the options in use of a group."""
        return [option for option in self.options[group] if option.is_chosen]


def shop_page(wish: Wish) -> ShopPage:
    """Return the page asked for, or the last one if there are fewer; at most eight queries."""
    bearers = _bearers(wish)
    chosen = {
        group: [named[slug].id for slug in wish.names(group) if slug in named]
        for group, named in bearers.items()
    }
    tally = tally_of(wish)
    total = tally.fitting(chosen)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(wish.page, 1), pages)
    found = fitting(wish, chosen).order_by(*ORDER[wish.sort])
    return ShopPage(
        wish=_known(wish, bearers, page=page),
        unknown=tuple(
            slug for group in Group for slug in wish.names(group) if slug not in bearers[group]
        ),
        options=_options(tally, chosen, bearers),
        total=total,
        pages=pages,
        cards=cards(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]) if total else [],
    )


def _bearers(wish: Wish) -> Bearers:
    """Return who bears the names: all crafts and districts, and the makers asked for."""
    language = (get_language() or "en")[:2]
    makers = plain(Artisan).filter(slug__in=wish.makers)
    return {
        Group.CRAFT: _crafts(language),
        Group.DISTRICT: _districts(language),
        Group.MAKER: _by_slug(makers) if wish.makers else {},
    }


@kept("COUNTS_KEPT_SECONDS")
def _crafts(language: str) -> dict[str, Named]:
    with override(language):
        return _by_slug(plain(Craft))


@kept("COUNTS_KEPT_SECONDS")
def _districts(language: str) -> dict[str, Named]:
    with override(language):
        return _by_slug(plain(District))


def _by_slug(bearers: QuerySet[Any]) -> dict[str, Named]:
    rows = bearers.values_list("pk", "slug", told("name"))
    return {slug: Named(number, slug, name) for number, slug, name in rows}


def _known(wish: Wish, bearers: Bearers, *, page: int) -> Wish:
    """Return the wish without the names nobody bears, and with the page that is shown."""
    known = {
        group: tuple(slug for slug in wish.names(group) if slug in bearers[group])
        for group in Group
    }
    return replace(
        wish,
        crafts=known[Group.CRAFT],
        districts=known[Group.DISTRICT],
        makers=known[Group.MAKER],
        page=page,
    )


def _options(tally: Tally, chosen: Chosen, bearers: Bearers) -> dict[Group, list[Option]]:
    """Return the names of each group that would give something, and those in use, by name."""
    numbers = {group: tally.within(group, chosen) for group in Group}
    busiest = _busiest(numbers[Group.MAKER], chosen[Group.MAKER])
    makers = _by_slug(plain(Artisan).filter(pk__in=busiest)) if busiest else {}
    named = bearers | {Group.MAKER: bearers[Group.MAKER] | makers}
    return {group: _listed(named[group], numbers[group], chosen[group]) for group in Group}


def _listed(bearers: dict[str, Named], numbers: Counter[int], chosen: list[int]) -> list[Option]:
    options = [
        Option(slug=each.slug, name=each.name, count=numbers[each.id], is_chosen=each.id in chosen)
        for each in bearers.values()
        if numbers[each.id] or each.id in chosen
    ]
    return sorted(options, key=lambda option: (option.name, option.slug))


def _busiest(numbers: Counter[int], chosen: list[int]) -> list[int]:
    """Return the makers of most of the products, those chosen first."""

    def rank(maker: int) -> tuple[bool, int, int]:
        return maker not in chosen, -numbers[maker], maker

    return nsmallest(MAKERS_SHOWN, numbers, key=rank)
