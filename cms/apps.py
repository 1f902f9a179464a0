"""The pages as a Django app."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """The pages."""

    name = "cms"
    label = "cms"
