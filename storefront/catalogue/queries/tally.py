"""
How many products there are of each name, alone and in combination.

Each name keeps which products bear it as one large number, a bit a product: what fits several
filters is their `&`, of several names of one filter their `|`, how many that is `bit_count()`.
See Note [One place that counts].
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import and_, or_

from django.db import connection

from storefront.catalogue.queries.filters import Flag, Group, Key, Wish
from storefront.core.kept import kept
from storefront.core.words import in_language

# Note [One place that counts]
# The list, its filters, the map and the pages of districts and crafts take every count from
# `whole_shop()`, so that they agree; `fitting` in filters.py finds the same products by SQL.
# tests/catalogue/test_tally.py holds the two against each other.

PAISE = 100
Part = Group | Flag | str
PRICE = "price"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears a name to filter by, and which live products are of it."""

    key: Key
    slug: str
    name_en: str
    name_hi: str
    products: int
    number: int

    @property
    def name(self) -> str:
        """Return the name in the language of the moment."""
        return in_language(self.name_en, self.name_hi)


@dataclass(frozen=True, slots=True)
class Tally:
    """All live products, by every name and price; what fits is counted without the database."""

    bearers: dict[Group, dict[str, Bearer]]
    flags: dict[Flag, int]
    everything: int
    # Which products, and at what price in paise, the cheapest first.
    priced: list[int] = field(default_factory=list)
    paise: list[int] = field(default_factory=list)

    def number(self, group: Group, slug: str) -> int:
        """Return how many products a name has; of one that is too new to be known, none."""
        bearer = self.bearers[group].get(slug)
        return bearer.number if bearer else 0

    def keys(self, wish: Wish) -> dict[Group, list[Key]]:
        """Return the keys behind the names asked for, of those that somebody bears."""
        return {group: [each.key for each in self.asked(wish, group)] for group in Group}

    def asked(self, wish: Wish, group: Group) -> list[Bearer]:
        """Return who bears the names asked for in a group."""
        known = self.bearers.get(group, {})
        return [known[slug] for slug in wish.names(group) if slug in known]

    def counted(self, wish: Wish) -> "Counted":
        """Return the counts of what fits."""
        parts: dict[Part, int] = {flag: self.flags.get(flag, 0) for flag in wish.flags}
        for group in Group:
            if bearers := self.asked(wish, group):
                parts[group] = reduce(or_, (each.products for each in bearers))
        if wish.price_from is not None or wish.price_to is not None:
            parts[PRICE] = self._between(wish.price_from, wish.price_to)
        return Counted(self, parts)

    def _between(self, lowest: Decimal | None, highest: Decimal | None) -> int:
        first = 0 if lowest is None else bisect_left(self.paise, lowest * PAISE)
        last = len(self.paise) if highest is None else bisect_right(self.paise, highest * PAISE)
        return bits(self.priced[first:last])


class Counted:
    """What fits a wish, and what it would be without one of its parts."""

    def __init__(self, tally: Tally, parts: dict[Part, int]) -> None:
        self._tally = tally
        self._parts = parts
        self.total = self._without(None).bit_count()

    def of_group(self, group: Group) -> dict[str, int]:
        """Return what each name of a group would give within the other filters, by slug."""
        bearers = self._tally.bearers.get(group, {})
        if not self._parts.keys() - {group}:
            return {slug: each.number for slug, each in bearers.items()}
        others = self._without(group)
        return {slug: (each.products & others).bit_count() for slug, each in bearers.items()}

    def of_flag(self, flag: Flag) -> int:
        """Return what is left if this is asked for as well."""
        return (self._without(flag) & self._tally.flags.get(flag, 0)).bit_count()

    def without(self, part: Part) -> int:
        """Return how many would fit if this part of the wish were not asked for."""
        return self._without(part).bit_count()

    def _without(self, part: Part | None) -> int:
        others = (fits for name, fits in self._parts.items() if name != part)
        return reduce(and_, others, self._tally.everything)


def bits(places: Sequence[int]) -> int:
    """Return the number that has these bits set."""
    found = bytearray(max(places, default=0) // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


@kept("COUNTS_KEPT_SECONDS", beside=True, mark="TOLD_OF_PEOPLE")
def whole_shop() -> Tally:
    """Return the tally of all that is on sale; one query, and none while it is kept."""
    with connection.cursor() as cursor:
        cursor.execute(_SHELVES)
        rows = cursor.fetchall()
    bearers: dict[Group, dict[str, Bearer]] = {group: {} for group in Group}
    others: dict[str, list[int]] = {}
    for kind, key, slug, name_en, name_hi, places in rows:
        if slug is None:
            others[kind] = places or []
            continue
        group = Group(kind)
        bearers[group][slug] = Bearer(
            key=key if group == Group.COUNTRY else int(key),
            slug=slug,
            name_en=name_en or "",
            name_hi=name_hi or "",
            products=bits(places or []),
            number=len(places or []),
        )
    return Tally(
        bearers=bearers,
        flags={flag: bits(others[flag]) for flag in Flag},
        everything=(1 << others["everything"][0]) - 1,
        priced=others["priced"],
        paise=others["paise"],
    )


_SHELVES = """
    WITH live AS MATERIALIZED (
        SELECT product.id, (row_number() OVER (ORDER BY product.id) - 1)::int AS place,
            craft_id, district_id, artisan_id, partner_id, country_of_origin, price,
            num_in_stock > num_allocated AS is_free, lead_days = 0 AS is_ready,
            gi_right_id IS NOT NULL AS is_gi
        FROM catalogue_product product
        LEFT JOIN partner_stockrecord stock ON stock.product_id = product.id
        WHERE state = 'live'
    ),
    shelf(kind, key, places) AS (
        SELECT 'craft', craft_id, array_agg(place) FROM live GROUP BY craft_id
        UNION ALL SELECT 'district', district_id, array_agg(place) FROM live GROUP BY district_id
        UNION ALL SELECT 'maker', artisan_id, array_agg(place) FROM live GROUP BY artisan_id
        UNION ALL SELECT 'seller', partner_id, array_agg(place) FROM live GROUP BY partner_id
        UNION ALL SELECT 'material', material_id, array_agg(place)
            FROM live JOIN catalogue_product_made_of ON product_id = live.id GROUP BY material_id
        UNION ALL SELECT 'colour', colour_id, array_agg(place)
            FROM live JOIN catalogue_product_colours ON product_id = live.id GROUP BY colour_id
    ),
    named(kind, key, slug, name_en, name_hi) AS (
        SELECT 'craft', id, slug, name_en, name_hi FROM atlas_craft
        UNION ALL SELECT 'district', id, slug, name_en, name_hi FROM atlas_district
        UNION ALL SELECT 'maker', id, slug, name_en, name_hi FROM catalogue_artisan WHERE is_named
        UNION ALL SELECT 'seller', id, code, name_en, name_hi FROM partner_partner
        UNION ALL SELECT 'material', id, slug, name_en, name_hi FROM catalogue_material
        UNION ALL SELECT 'colour', id, slug, name_en, name_hi FROM catalogue_colour
    )
    SELECT kind, key::text, slug, name_en, name_hi, places
        FROM named LEFT JOIN shelf USING (kind, key)
    UNION ALL SELECT 'country', country_of_origin, lower(country_of_origin), '', '',
        array_agg(place) FROM live GROUP BY country_of_origin
    UNION ALL SELECT 'in_stock', '', NULL, '', '', array_agg(place) FROM live WHERE is_free
    UNION ALL SELECT 'ready', '', NULL, '', '', array_agg(place)
        FROM live WHERE is_free AND is_ready
    UNION ALL SELECT 'gi', '', NULL, '', '', array_agg(place) FROM live WHERE is_gi
    UNION ALL SELECT 'everything', '', NULL, '', '', ARRAY[count(*)::int] FROM live
    UNION ALL SELECT 'priced', '', NULL, '', '', array_agg(place ORDER BY price, place)
        FROM live WHERE price IS NOT NULL
    UNION ALL SELECT 'paise', '', NULL, '', '',
        array_agg((price * 100)::bigint ORDER BY price, place) FROM live WHERE price IS NOT NULL
"""
