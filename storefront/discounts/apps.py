"""The discounts chapter."""

from django.apps import AppConfig


class DiscountsConfig(AppConfig):
    """What is taken off a price."""

    name = "storefront.discounts"
    label = "discounts"
