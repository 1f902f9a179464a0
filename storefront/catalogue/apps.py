"""The fork as a Django app: Oscar's tables and dashboard classes, none of its shop pages."""

from oscar.core.application import OscarConfig


class CatalogueConfig(OscarConfig):
    """Oscar's catalogue app under its own label."""

    name = "storefront.catalogue"
    label = "catalogue"
    namespace = "catalogue"
