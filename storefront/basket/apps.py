"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class BasketConfig(OscarConfig):
    """Oscar's basket app under its own label."""

    name = "storefront.basket"
    label = "basket"
    namespace = "basket"

    def ready(self) -> None:
        """Listen for people who sign in."""
        from storefront.basket import receivers  # noqa: F401, PLC0415 -- models must be loaded first
