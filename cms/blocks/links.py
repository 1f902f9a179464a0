"""Links of the menu and the footer: to a page, to a place of the shop, to others' sites."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    StructBlock,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError

# The shop's own places by the names of their addresses, as a menu calls them.
PLACES = {
    "home": _("Home"),
    "districts": _("Districts"),
    "crafts": _("Crafts"),
    "collections": _("Collections"),
    "makers": _("Makers"),
    "stories": _("Stories"),
    "shop": _("Shop"),
    "help": _("Help"),
    "how-search-works": _("How the search works"),
    "about": _("About us"),
    "contact": _("Contact"),
    "delivery": _("Delivery"),
    "returns": _("Returns"),
    "terms": _("Terms"),
    "privacy": _("Privacy"),
    "grievance": _("Grievances"),
}
# Lists that readers narrow down; their addresses say how.
LISTS = {"shop", "search"}
TARGETS = ("page", "place", "address")
NETWORKS = {
    "instagram": "Instagram",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "whatsapp": "WhatsApp",
    "x": "X",
    "linkedin": "LinkedIn",
    "pinterest": "Pinterest",
}


class LinkBlock(StructBlock):
    """A link to something in the shop, with its words in both languages."""

    page = PageChooserBlock(label=_("Page"), required=False)
    place = ChoiceBlock(choices=list(PLACES.items()), label=_("or place"), required=False)
    address = CharBlock(
        label=_("or list of products"),
        required=False,
        max_length=200,
        help_text=_(
            "Its address, such as /en/shop/?craft=brassware. Readers see it in their language."
        ),
    )
    label_en = CharBlock(
        label=_("Words, English"),
        required=False,
        max_length=40,
        help_text=_("Left empty, the page's title or the place's name."),
    )
    label_hi = CharBlock(label=_("Words, Hindi"), required=False, max_length=40)

    class Meta:
        label = _("Link")
        icon = "link"

    def clean(self, value: StructValue) -> StructValue:
        """Refuse a link to nothing or to two things, and a list without words."""
        cleaned: StructValue = super().clean(value)
        if sum(bool(cleaned[name]) for name in TARGETS) != 1:
            told = gettext("Choose one: a page, a place or a list of products.")
            raise StructBlockValidationError({"page": ValidationError(told)})
        if cleaned["address"]:
            _check_list(cleaned)
        return cleaned


def _check_list(link: StructValue) -> None:
    try:
        found = resolve(urlsplit(link["address"]).path)
    except Resolver404:
        found = None
    if found is None or found.url_name not in LISTS:
        told = gettext("This is no list of the shop. It begins with /en/shop/ or /en/search/.")
        raise StructBlockValidationError({"address": ValidationError(told)})
    if not (link["label_en"] and link["label_hi"]):
        told = gettext("A list of products has no name of its own.")
        raise StructBlockValidationError({"label_en": ValidationError(told)})


class ColumnBlock(StructBlock):
    """A column of the footer."""

    title_en = CharBlock(label=_("Heading, English"), max_length=40)
    title_hi = CharBlock(label=_("Heading, Hindi"), max_length=40)
    text_en = TextBlock(label=_("Words, English"), required=False, max_length=300, rows=2)
    text_hi = TextBlock(label=_("Words, Hindi"), required=False, max_length=300, rows=2)
    links = ListBlock(LinkBlock(), label=_("Links"), max_num=12, default=[])

    class Meta:
        label = _("Column")
        icon = "list-ul"

    def clean(self, value: Any) -> StructValue:
        """Refuse words in one language only."""
        cleaned: StructValue = super().clean(value)
        if bool(cleaned["text_en"]) != bool(cleaned["text_hi"]):
            told = gettext("Write them in both languages, or in none.")
            raise StructBlockValidationError({"text_hi": ValidationError(told)})
        return cleaned


class AccountBlock(StructBlock):
    """The shop at one of the networks."""

    network = ChoiceBlock(choices=list(NETWORKS.items()), label=_("Network"))
    address = URLBlock(label=_("Address"), max_length=200)

    class Meta:
        label = _("Account")
        icon = "globe"
