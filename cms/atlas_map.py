"""The map of tiles: 75 districts with what is on sale in each at this moment."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override

from cms.families import LegendEntry, colour_of, legend
from storefront.atlas.models import District, DistrictProduct
from storefront.catalogue.queries.filters import Group
from storefront.catalogue.queries.tally import whole_shop
from storefront.core.kept import kept
from storefront.core.words import is_hindi_wanted

_VIRAMA = "\u094d"


@dataclass(frozen=True, slots=True)
class Tile:
    """A district on the map; `count` is what the shop shows for it, `text` what a reader hears."""

    slug: str
    name: str
    other_name: str
    short: str
    row: int
    col: int
    count: int
    url: str
    colour: str
    known_for: str
    division: str
    text: str


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """What the `tile_map` component shows."""

    tiles: tuple[Tile, ...]
    by_name: tuple[Tile, ...]
    legend: tuple[LegendEntry, ...]


def district_map() -> DistrictMap:
    """Return the map in the language of the moment; two queries, and none while it is kept."""
    return _map((get_language() or "en")[:2])


@kept("COUNTS_KEPT_SECONDS")
def _map(language: str) -> DistrictMap:
    with override(language):
        found = tiles()
        return DistrictMap(
            tiles=found,
            by_name=tuple(sorted(found, key=lambda tile: tile.name)),
            legend=legend(tile.colour for tile in found),
        )


def tiles() -> tuple[Tile, ...]:
    """Return all districts in reading order of the map; one query besides the shop's counts."""
    on_sale = whole_shop()
    first = DistrictProduct.objects.filter(district=OuterRef("pk")).order_by("rank")
    districts = District.objects.annotate(
        family=Subquery(first.values("family")[:1]),
        known_for_en=Subquery(first.values("name_en")[:1]),
        known_for_hi=Subquery(first.values("name_hi")[:1]),
    ).order_by("tile_row", "tile_column", "pk")
    return tuple(_tile(each, on_sale.number(Group.DISTRICT, each.slug)) for each in districts)


def _tile(district: Any, count: int) -> Tile:
    hindi = is_hindi_wanted()
    known_for = (district.known_for_hi if hindi else district.known_for_en) or ""
    return Tile(
        slug=district.slug,
        name=district.name,
        other_name=district.name_en if hindi else district.name_hi,
        short=first_syllables(district.name) if hindi else district.map_code.title(),
        row=district.tile_row,
        col=district.tile_column,
        count=count,
        url=reverse("district", args=[district.slug]),
        colour=colour_of(district.family or ""),
        known_for=known_for,
        division=district.division,
        text=_text(district.name, known_for, count),
    )


def _text(name: str, known_for: str, count: int) -> str:
    """Return what a tile says to whoever stops at it."""
    place = f"{name}: {known_for}" if known_for else name
    return ngettext("%(place)s, %(count)s product", "%(place)s, %(count)s products", count) % {
        "place": place,
        "count": count,
    }


def first_syllables(name: str, count: int = 2) -> str:
    """Return the first written syllables: a letter with its signs, and conjuncts unbroken."""
    syllables: list[str] = []
    for letter in name:
        joins = bool(syllables) and syllables[-1].endswith(_VIRAMA)
        if joins or (syllables and unicodedata.category(letter).startswith("M")):
            syllables[-1] += letter
        elif len(syllables) == count:
            break
        else:
            syllables.append(letter)
    return "".join(syllables)
