"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class SearchConfig(OscarConfig):
    """Oscar's search app under its own label."""

    name = "storefront.search"
    label = "search"
    namespace = "search"

    def ready(self) -> None:
        """Listen to what changes products."""
        super().ready()
        from storefront.search import receivers  # noqa: F401, PLC0415 -- models must be loaded first
