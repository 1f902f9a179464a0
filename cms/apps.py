"""The pages as a Django app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The pages."""

    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Listen for pages that are published or taken back, and for a changed menu."""
        from cms import receivers  # noqa: F401, PLC0415 -- models must be loaded first
