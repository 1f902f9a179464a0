"""The chapter as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The seller desk."""

    name = "storefront.desk"
    label = "desk"
