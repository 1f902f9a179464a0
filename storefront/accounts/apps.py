"""The chapter as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are."""

    name = "storefront.accounts"
    label = "accounts"
