"""The chapter as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Words every chapter uses."""

    name = "storefront.core"
    label = "core"
