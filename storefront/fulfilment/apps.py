"""The chapter as a Django app."""

from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    """Parcels."""

    name = "storefront.fulfilment"
    label = "fulfilment"
