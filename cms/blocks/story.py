"""What may stand in a story, in the order the menu offers it."""

from wagtail.blocks import StreamBlock

from cms.blocks.pictures import PictureBlock
from cms.blocks.products import ProductsBlock
from cms.blocks.words import QuoteBlock, chapter_block, paragraph_block


class StoryBlocks(StreamBlock):
    """The body of a story."""

    chapter = chapter_block()
    paragraph = paragraph_block()
    quote = QuoteBlock()
    picture = PictureBlock()
    products = ProductsBlock()
