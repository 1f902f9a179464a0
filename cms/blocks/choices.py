"""Places and crafts to choose from in a block, each kept as its slug."""

from typing import Any

from wagtail.blocks import ChoiceBlock

from storefront.atlas.models import Craft, District
from storefront.core.words import plain, told


class SlugBlock(ChoiceBlock):
    """A slug, chosen from a list that the database keeps; to read it nothing is asked."""

    def normalize_choice(self, value: Any) -> str | None:
        """Return the slug as it is kept; Wagtail would look it up in the list each time."""
        return str(value) if value else None


def districts() -> list[tuple[str, str]]:
    """Return all districts by name; migrations name this function."""
    return _by_name(District)


def crafts() -> list[tuple[str, str]]:
    """Return all crafts by name; migrations name this function."""
    return _by_name(Craft)


def _by_name(kind: type[District | Craft]) -> list[tuple[str, str]]:
    pairs = plain(kind).values_list("slug", told("name"))
    return sorted(pairs, key=lambda pair: pair[1])
