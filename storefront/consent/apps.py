"""The chapter as a Django app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """The consent ledger."""

    name = "storefront.consent"
    label = "consent"

    def ready(self) -> None:
        """Listen for new makers."""
        from storefront.consent import receivers  # noqa: F401, PLC0415 -- models must be loaded first
