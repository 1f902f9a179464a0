"""One page of the shop: what fits, how many there are, and what each other filter would give."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, Value, When

from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan, ProductQuerySet
from storefront.catalogue.queries.cards import Card, cards, for_cards
from storefront.catalogue.queries.filters import FIELD, ORDER, Group, Wish, fitting

PAGE_SIZE = 24
# More makers than this nobody reads through; those chosen are always among them.
MAKERS_SHOWN = 20

Named = Craft | District | Artisan


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
    """Return the page asked for, or the last one if there are fewer; at most eleven queries."""
    bearers = _bearers(wish)
    chosen = {
        group: [named[slug].pk for slug in wish.names(group) if slug in named]
        for group, named in bearers.items()
    }
    found = fitting(wish, chosen)
    total = found.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(wish.page, 1), pages)
    shown = for_cards(found.order_by(*ORDER[wish.sort]))[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return ShopPage(
        wish=_known(wish, bearers, page=page),
        unknown=tuple(
            slug for group in Group for slug in wish.names(group) if slug not in bearers[group]
        ),
        options={group: _options(group, wish, chosen, bearers[group]) for group in Group},
        total=total,
        pages=pages,
        cards=cards(shown) if total else [],
    )


def _bearers(wish: Wish) -> dict[Group, dict[str, Named]]:
    """Return who bears the names: all crafts and districts, and the makers asked for."""
    makers = Artisan.objects.filter(slug__in=wish.makers) if wish.makers else Artisan.objects.none()
    return {
        Group.CRAFT: _by_slug(Craft.objects.all()),
        Group.DISTRICT: _by_slug(District.objects.all()),
        Group.MAKER: _by_slug(makers),
    }


def _by_slug(named: Iterable[Named]) -> dict[str, Named]:
    return {each.slug: each for each in named}


def _known(wish: Wish, bearers: dict[Group, dict[str, Named]], *, page: int) -> Wish:
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


def _options(
    group: Group, wish: Wish, chosen: dict[Group, list[int]], bearers: dict[str, Named]
) -> list[Option]:
    """Return the names of a group that would give something, and those in use, by name."""
    others = fitting(wish, chosen, but=group)
    if group == Group.MAKER:
        busiest = _busiest_makers(others, chosen[group])
        counts = {maker.pk: maker.number for maker in busiest}
        bearers = bearers | _by_slug(busiest)
    else:
        rows = others.order_by().values_list(FIELD[group]).annotate(number=Count("pk"))
        counts = dict(rows)
    options = [
        Option(
            slug=each.slug,
            name=each.name,
            count=counts.get(each.pk, 0),
            is_chosen=each.pk in chosen[group],
        )
        for each in bearers.values()
        if each.pk in counts or each.pk in chosen[group]
    ]
    return sorted(options, key=lambda option: (option.name, option.slug))


def _busiest_makers(products: ProductQuerySet, chosen: list[int]) -> list[Any]:
    """Return the makers of most of the products with their `number`, those chosen first."""
    makers = Artisan.objects.filter(products__in=products.order_by())
    counted = makers.annotate(number=Count("products"))
    if chosen:
        first = Case(When(pk__in=chosen, then=Value(0)), default=Value(1))
        return list(counted.order_by(first, "-number", "pk")[:MAKERS_SHOWN])
    return list(counted.order_by("-number", "pk")[:MAKERS_SHOWN])
