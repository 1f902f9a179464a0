"""Reading the catalogue: cards, lists, one product, its filters."""

from storefront.catalogue.queries.cards import Card, cards, cards_of, stock_text
from storefront.catalogue.queries.facts import Fact, facts_of
from storefront.catalogue.queries.product import (
    Alike,
    ProductPage,
    alike,
    product_page,
    shown_product,
)
from storefront.catalogue.queries.shop import ShopPage, shop_page

__all__ = [
    "Alike",
    "Card",
    "Fact",
    "ProductPage",
    "ShopPage",
    "alike",
    "cards",
    "cards_of",
    "facts_of",
    "product_page",
    "shop_page",
    "shown_product",
    "stock_text",
]
