"""The catalogue's pages: the shop with its filters, and one product."""

from storefront.catalogue.views.product import product, product_shown
from storefront.catalogue.views.shop import shop

__all__ = ["product", "product_shown", "shop"]
