"""What blocks have in common in the editors' menu, and the settings several of them share."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockGroup, ChoiceBlock

PREVIEW = "cms/block_preview.html"


class Group:
    """The headings of the menu."""

    WORDS = _("Words")
    PICTURES = _("Pictures and sound")
    MAKING = _("Making")
    SHOP = _("Shop")


class Look(TextChoices):
    """On what ground a block stands."""

    PLAIN = "plain", _("as the page")
    TINT = "tint", _("tinted")


def look_block() -> ChoiceBlock:
    """Return the setting for a block's ground."""
    return ChoiceBlock(
        choices=Look.choices, default=Look.PLAIN, label=_("Background"), search_index=False
    )


def with_settings(*fields: str, settings: tuple[str, ...] = ("look",)) -> BlockGroup:
    """Return the form of a block with these fields, its settings folded away."""
    return BlockGroup(children=list(fields), settings=list(settings))
