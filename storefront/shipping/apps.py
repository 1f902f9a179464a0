"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class ShippingConfig(OscarConfig):
    """Oscar's shipping app under its own label."""

    name = "storefront.shipping"
    label = "shipping"
    namespace = "shipping"
