"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class OrderConfig(OscarConfig):
    """Oscar's order app under its own label."""

    name = "storefront.order"
    label = "order"
    namespace = "order"
