"""The chapter as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Letters to people, sent in the background after the change is saved.."""

    name = "storefront.notices"
    label = "notices"
