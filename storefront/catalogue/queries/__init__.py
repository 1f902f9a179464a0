"""Reading the catalogue: cards, lists, one product, its filters."""

from storefront.catalogue.queries.cards import Card, cards, for_cards, stock_text

__all__ = ["Card", "cards", "for_cards", "stock_text"]
