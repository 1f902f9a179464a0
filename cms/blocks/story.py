"""What may stand in a story, in the order the menu offers it."""

from wagtail.blocks import StreamBlock

from cms.blocks.making import CareBlock, MakingBlock
from cms.blocks.pictures import GalleryBlock, PictureBlock, StepsBlock, WidePictureBlock
from cms.blocks.places import PlacesBlock
from cms.blocks.prices import FairPriceBlock
from cms.blocks.products import ProductBlock, ProductRowBlock, ProductsBlock
from cms.blocks.recordings import RecordingBlock
from cms.blocks.words import MadeByBlock, QuoteBlock, TermBlock, chapter_block, paragraph_block


class StoryBlocks(StreamBlock):
    """The body of a story."""

    chapter = chapter_block()
    paragraph = paragraph_block()
    quote = QuoteBlock()
    term = TermBlock()
    picture = PictureBlock()
    wide_picture = WidePictureBlock()
    gallery = GalleryBlock()
    recording = RecordingBlock()
    places = PlacesBlock()
    steps = StepsBlock()
    making = MakingBlock()
    care = CareBlock()
    product = ProductBlock()
    products = ProductsBlock()
    product_row = ProductRowBlock()
    made_by = MadeByBlock()
    fair_price = FairPriceBlock()
