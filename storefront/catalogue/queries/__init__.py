"""Reading the catalogue: cards, lists, one product, its filters."""

from storefront.catalogue.queries.cards import (
    Card,
    MakerCard,
    cards,
    cards_of,
    main_picture_of,
    main_picture_told,
    maker_card,
)
from storefront.catalogue.queries.facts import Fact, facts_of
from storefront.catalogue.queries.product import (
    Alike,
    ProductPage,
    alike,
    product_page,
    shown_product,
)
from storefront.catalogue.queries.shop import ShopPage, shop_page
from storefront.catalogue.queries.stock import Stock, held_text, pretending, stock_of

__all__ = [
    "Alike",
    "Card",
    "Fact",
    "MakerCard",
    "ProductPage",
    "ShopPage",
    "Stock",
    "alike",
    "cards",
    "cards_of",
    "facts_of",
    "held_text",
    "main_picture_of",
    "main_picture_told",
    "maker_card",
    "pretending",
    "product_page",
    "shop_page",
    "shown_product",
    "stock_of",
]
