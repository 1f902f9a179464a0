"""The nine colours of the map: the families of crafts, gathered for a reader's eye."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "textile": _("Cloth and carpets"),
    "metal": _("Metal"),
    "wood": _("Wood and music"),
    "clay": _("Clay and glass"),
    "stone": _("Stone and jewels"),
    "leather": _("Leather and horn"),
    "fibre": _("Grass, bamboo and paper"),
    "food": _("Food and scent"),
    "other": _("Other"),
}

_COLOURS = {
    "textile": "textile-embroidery textile-print powerloom-textile handloom apparel home-textile "
    "carpet-durrie",
    "metal": "metal engineering",
    "wood": "wood toys musical-instrument sports",
    "clay": "pottery glass",
    "stone": "stone jewellery",
    "leather": "leather horn-bone",
    "fibre": "natural-fibre tribal-craft paper",
    "food": "food-agro perfume",
}
_COLOUR_OF = {family: colour for colour, names in _COLOURS.items() for family in names.split()}


def colour_of(family: str) -> str:
    """Return the map's colour for a family of crafts."""
    return _COLOUR_OF.get(family, "other")


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour on the map says."""

    colour: str
    label: str


def legend(colours: Iterable[str]) -> tuple[LegendEntry, ...]:
    """Return the legend for the colours in use, in the map's order."""
    used = set(colours)
    return tuple(LegendEntry(key, str(label)) for key, label in LABELS.items() if key in used)


def grouped_by_family(entries: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return things given with their family, gathered under the map's headings."""
    under: dict[str, list[Any]] = {}
    for family, thing in entries:
        under.setdefault(colour_of(family), []).append(thing)
    return [
        {"title": label, "colour": key, "entries": under[key]}
        for key, label in LABELS.items()
        if key in under
    ]
