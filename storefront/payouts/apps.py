"""The chapter as a Django app."""

from django.apps import AppConfig
from django.core.checks import register

from storefront.payouts.checks import sellers_wait_for_returns


class PayoutsConfig(AppConfig):
    """Paying sellers."""

    name = "storefront.payouts"
    label = "payouts"

    def ready(self) -> None:
        """Let the settings be looked at."""
        register(sellers_wait_for_returns)
