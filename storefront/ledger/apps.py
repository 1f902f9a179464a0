"""The chapter as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The shop's books."""

    name = "storefront.ledger"
    label = "ledger"
