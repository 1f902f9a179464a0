"""Where a story happens: districts marked on the map of tiles."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue

from cms.atlas_map import Tile, district_map
from cms.blocks.choices import SlugBlock, districts
from cms.blocks.looks import PREVIEW, Group
from cms.blocks.shelf import Shelf, ShelfBlock

MOST_PLACES = 20


class PlaceBlock(StructBlock):
    """A district, and what it has to do with the story."""

    district = SlugBlock(choices=districts, label=_("District"), search_index=False)
    words = CharBlock(label=_("Words"), required=False, max_length=160)

    class Meta:
        icon = "site"


class PlacesBlock(ShelfBlock):
    """The map of tiles with some districts marked, and their names below it."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    places = ListBlock(PlaceBlock(), label=_("Places"), min_num=1, max_num=MOST_PLACES)

    class Meta:
        label = _("Map of places")
        icon = "site"
        group = Group.PICTURES
        description = _("The districts of the story on the map, each with a few words.")
        preview_template = PREVIEW
        template = "cms/blocks/places.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the map, and the districts to mark on it."""
        places = places_of(value, shelf)
        return {
            "tiles": tuple(shelf.tiles.values()),
            "places": [
                {"name": tile.name, "url": tile.url, "words": words} for tile, words in places
            ],
            "marked": tuple(tile.slug for tile, _words in places),
            "is_gone": len(places) < len(value["places"]),
        }

    def get_preview_value(self) -> Any:
        """Return the first districts of the map."""
        words = gettext("where the clay is dug")
        places = [{"district": tile.slug, "words": words} for tile in district_map().by_name[:3]]
        return self.to_python({"title": gettext("From pond to fair"), "places": places})


def places_of(value: StructValue, shelf: Shelf) -> list[tuple[Tile, str]]:
    """Return the districts of a block that there are, each with what is said of it."""
    return [
        (shelf.tiles[place["district"]], place["words"] or "")
        for place in value["places"]
        if place["district"] in shelf.tiles
    ]
