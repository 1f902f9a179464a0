"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class PartnerConfig(OscarConfig):
    """Oscar's partner app under its own label."""

    name = "storefront.partner"
    label = "partner"
    namespace = "partner"
