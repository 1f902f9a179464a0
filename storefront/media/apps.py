"""The chapter as a Django app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """The one image library."""

    name = "storefront.media"
    label = "media"
