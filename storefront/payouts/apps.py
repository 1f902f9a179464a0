"""The chapter as a Django app."""

from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    """Paying sellers."""

    name = "storefront.payouts"
    label = "payouts"
