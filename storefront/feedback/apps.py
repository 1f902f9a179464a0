"""The chapter as a Django app."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Reviews and questions."""

    name = "storefront.feedback"
    label = "feedback"
