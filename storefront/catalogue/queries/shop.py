"""One page of the shop: what fits, how many there are, and what each other filter would give."""

from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Any

from storefront.catalogue.queries.cards import Card, cards
from storefront.catalogue.queries.facts import country_text
from storefront.catalogue.queries.filters import ORDER, WORDS, Flag, Group, Wish, fitting
from storefront.catalogue.queries.tally import Bearer, Counted, Tally, whole_shop

PAGE_SIZE = 24
# More makers or sellers than this nobody reads through; those chosen are always among them.
MAKERS_SHOWN = 8
MOST_SHOWN = {Group.MAKER: MAKERS_SHOWN, Group.SELLER: MAKERS_SHOWN}


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
    flags: dict[Flag, int]
    total: int
    pages: int
    cards: list[Card]

    def chosen(self, group: Group) -> list[Option]:
        """Return the options in use of a group."""
        return [option for option in self.options[group] if option.is_chosen]


def shop_page(wish: Wish) -> ShopPage:
    """
    Return the page asked for, or the last one if there are fewer.

    Four queries: what there is to count, which products, their cards, their pictures. The first
    is kept.
    """
    tally = whole_shop()
    counted = tally.counted(wish)
    pages = max(1, -(-counted.total // PAGE_SIZE))
    page = min(max(wish.page, 1), pages)
    found = fitting(wish, tally.keys(wish)).order_by(*ORDER[wish.sort])
    return ShopPage(
        wish=_known(tally, wish, page=page),
        unknown=tuple(
            slug
            for group in Group
            for slug in wish.names(group)
            if slug not in tally.bearers[group]
        ),
        options={group: _options(tally, counted, wish, group) for group in Group},
        flags={flag: counted.of_flag(flag) for flag in Flag},
        total=counted.total,
        pages=pages,
        cards=cards(found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]) if counted.total else [],
    )


def _known(tally: Tally, wish: Wish, *, page: int) -> Wish:
    """Return the wish without the names nobody bears, and with the page that is shown."""
    known: dict[str, Any] = {
        WORDS[group]: tuple(each.slug for each in tally.asked(wish, group)) for group in Group
    }
    return replace(wish, page=page, **known)


def _options(tally: Tally, counted: Counted, wish: Wish, group: Group) -> list[Option]:
    """Return the names of a group: those in use first, then what would give something, by name."""
    numbers, chosen = counted.of_group(group), set(wish.names(group))
    found = [
        Option(
            slug=each.slug,
            name=_name(group, each),
            count=numbers[each.slug],
            is_chosen=each.slug in chosen,
        )
        for each in tally.bearers[group].values()
        if numbers[each.slug] or each.slug in chosen
    ]
    if most := MOST_SHOWN.get(group):
        found = nsmallest(
            most, found, key=lambda each: (not each.is_chosen, -each.count, each.slug)
        )
    return sorted(found, key=lambda each: (not each.is_chosen, each.name, each.slug))


def _name(group: Group, bearer: Bearer) -> str:
    return country_text(str(bearer.key)) if group == Group.COUNTRY else bearer.name
