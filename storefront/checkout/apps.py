"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class CheckoutConfig(OscarConfig):
    """Oscar's checkout app under its own label."""

    name = "storefront.checkout"
    label = "checkout"
    namespace = "checkout"
