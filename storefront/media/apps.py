"""The chapter as a Django app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """The one image library."""

    name = "storefront.media"
    label = "media"

    def ready(self) -> None:
        """Listen for new pictures."""
        from storefront.media import tasks  # noqa: F401, PLC0415 -- models must be loaded first
