"""The wiring as an app, for its management commands and checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "storefront.config"
    label = "config"
