"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class PaymentConfig(OscarConfig):
    """Oscar's payment app under its own label."""

    name = "storefront.payment"
    label = "payment"
    namespace = "payment"
