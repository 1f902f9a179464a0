"""The chapter as a Django app."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """How many pieces there are, and who was promised how many.."""

    name = "storefront.stock"
    label = "stock"
