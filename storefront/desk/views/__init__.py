"""The desk's pages."""

from storefront.desk.views.orders import order, orders
from storefront.desk.views.products import product, products
from storefront.desk.views.today import switch, today

__all__ = ["order", "orders", "product", "products", "switch", "today"]
