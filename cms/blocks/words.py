"""Words in a story: chapter headings, paragraphs, quotes, terms."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructValue, TextBlock

from cms.blocks.looks import PREVIEW, Group, Look, look_block, with_settings
from cms.blocks.shelf import Shelf, ShelfBlock
from cms.choosers import MakerChooserBlock
from storefront.catalogue.models import Artisan

# What a paragraph may hold; headings are blocks of their own.
INLINE = ["bold", "italic", "link", "ol", "ul"]


def chapter_block() -> CharBlock:
    """Return the block for a chapter's heading."""
    return CharBlock(
        label=_("Chapter"),
        max_length=120,
        icon="title",
        group=Group.WORDS,
        description=_("Begins a new chapter of the story."),
        preview_value="The frame that fills the room",
        preview_template=PREVIEW,
        template="cms/blocks/chapter.html",
    )


def paragraph_block() -> RichTextBlock:
    """Return the block for one or more paragraphs."""
    return RichTextBlock(
        label=_("Paragraphs"),
        features=INLINE,
        icon="pilcrow",
        group=Group.WORDS,
        description=_("Text with bold, italics, links and lists."),
        preview_value="<p>The adda takes up most of the room, and the talk never stops.</p>",
        preview_template=PREVIEW,
        template="cms/blocks/paragraph.html",
    )


class QuoteBlock(ShelfBlock):
    """What somebody in the workshop said; a maker of the shop with portrait and page."""

    text = TextBlock(label=_("Words"), rows=2)
    artisan = MakerChooserBlock(label=_("Maker who said it"), required=False)
    attribution = CharBlock(
        label=_("Who said it"),
        required=False,
        max_length=120,
        help_text=_("If it is no maker of the shop; otherwise what to add to the maker's name."),
    )
    look = look_block()

    class Meta:
        label = _("Quote")
        icon = "openquote"
        group = Group.WORDS
        description = _("What somebody in the workshop said, set large.")
        form_layout = with_settings("text", "artisan", "attribution")
        preview_template = PREVIEW
        template = "cms/blocks/quote.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the maker, if one is named and still there."""
        maker = shelf.maker(value["artisan"])
        return {"maker": maker, "is_gone": bool(value["artisan"] and maker is None)}

    def get_preview_value(self) -> Any:
        """Return words with the newest maker that has a portrait."""
        words, place = gettext("Listen, then shave."), gettext("over the last curl of willow")
        return self.to_python(
            {"text": words, "attribution": place, "artisan": newest_maker(), "look": Look.TINT}
        )


class TermBlock(StructBlock):
    """A word of the workshop, explained in the margin of what follows."""

    term = CharBlock(label=_("Term"), max_length=80)
    explanation = TextBlock(label=_("What it means"), max_length=400, rows=2)

    class Meta:
        label = _("Term")
        icon = "info-circle"
        group = Group.WORDS
        description = _("A word of the workshop, explained beside the text that follows.")
        preview_template = PREVIEW
        template = "cms/blocks/term.html"

    def get_preview_value(self) -> Any:
        """Return a word of the attar makers."""
        meaning = gettext("the copper receiver that sits in the cool tank and holds the oil")
        return self.to_python({"term": "bhapka", "explanation": meaning})


class MadeByBlock(ShelfBlock):
    """A maker of the shop, with portrait and page."""

    artisan = MakerChooserBlock(label=_("Maker"))
    words = TextBlock(label=_("Words"), required=False, max_length=400, rows=3)
    look = look_block()

    class Meta:
        label = _("Made by")
        icon = "user"
        group = Group.SHOP
        description = _("A maker of the shop with portrait and page, and a few words.")
        form_layout = with_settings("artisan", "words")
        preview_template = PREVIEW
        template = "cms/blocks/made_by.html"

    def shown(self, value: StructValue, shelf: Shelf) -> dict[str, Any]:
        """Return the maker, if still there."""
        maker = shelf.maker(value["artisan"])
        return {"maker": maker, "is_gone": bool(value["artisan"] and maker is None)}

    def get_preview_value(self) -> Any:
        """Return the newest maker that has a portrait."""
        words = gettext("Three generations at one lathe, and the youngest keeps the accounts.")
        return self.to_python({"artisan": newest_maker(), "words": words, "look": Look.TINT})


def newest_maker() -> int | None:
    """Return the number of the newest maker who may be named, rather one with a portrait."""
    makers = Artisan.objects.filter(is_named=True).order_by(
        F("portrait").desc(nulls_last=True), "-pk"
    )
    return makers.values_list("pk", flat=True).first()
