"""The chapter as a Django app."""

from django.apps import AppConfig


class WishesConfig(AppConfig):
    """Wish lists, and letters when a piece is back."""

    name = "storefront.wishes"
    label = "wishes"
