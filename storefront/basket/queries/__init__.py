"""Baskets as they are stored, and as their buyers see them."""

from storefront.basket.queries.delivery import Delivery, deliveries
from storefront.basket.queries.rows import (
    lines_in_reach,
    lines_of,
    open_basket,
    pieces_in,
)
from storefront.basket.queries.view import (
    BasketView,
    LineView,
    SellerGroup,
    basket_view,
    discount_rows,
)

__all__ = [
    "BasketView",
    "Delivery",
    "LineView",
    "SellerGroup",
    "basket_view",
    "deliveries",
    "discount_rows",
    "lines_in_reach",
    "lines_of",
    "open_basket",
    "pieces_in",
]
