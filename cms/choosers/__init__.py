"""Choosing things of the shop for a page."""

from cms.choosers.numbers import NumberChooserBlock, number_of
from cms.choosers.people import (
    MakerChooserBlock,
    SellerChooserBlock,
    maker_chooser_viewset,
    seller_chooser_viewset,
)
from cms.choosers.products import ProductChooserBlock, product_chooser_viewset

# Migrations name the blocks by this module's path.
__all__ = [
    "CHOOSERS",
    "MakerChooserBlock",
    "NumberChooserBlock",
    "ProductChooserBlock",
    "SellerChooserBlock",
    "number_of",
]
CHOOSERS = (product_chooser_viewset, maker_chooser_viewset, seller_chooser_viewset)
