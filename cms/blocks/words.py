"""Words in a story: chapter headings, paragraphs, quotes."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, TextBlock

# What a paragraph may hold; headings are blocks of their own.
INLINE = ["bold", "italic", "link", "ol", "ul"]
WORDS = _("Words")
PREVIEW = "cms/block_preview.html"


def chapter_block() -> CharBlock:
    """Return the block for a chapter's heading."""
    return CharBlock(
        label=_("Chapter"),
        max_length=120,
        icon="title",
        group=WORDS,
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
        group=WORDS,
        description=_("Text with bold, italics, links and lists."),
        preview_value="<p>The adda takes up most of the room, and the talk never stops.</p>",
        preview_template=PREVIEW,
        template="cms/blocks/paragraph.html",
    )


class QuoteBlock(StructBlock):
    """What somebody in the workshop said."""

    text = TextBlock(label=_("Words"), rows=2)
    attribution = CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        group = WORDS
        description = _("What somebody in the workshop said, set large.")
        preview_value = {"text": "Listen, then shave.", "attribution": "A dholak maker, Amroha"}
        preview_template = PREVIEW
        template = "cms/blocks/quote.html"
