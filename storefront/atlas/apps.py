"""The chapter as a Django app."""

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    """Where things come from and go to."""

    name = "storefront.atlas"
    label = "atlas"
