"""The chapter as a Django app."""

from django.apps import AppConfig


class BuyerConfig(AppConfig):
    """The account's pages."""

    name = "storefront.buyer"
    label = "buyer"
