"""Where Oscar finds our form before its own."""

from oscar.apps.dashboard.catalogue.apps import (
    CatalogueDashboardConfig as OscarCatalogueDashboardConfig,
)


class CatalogueDashboardConfig(OscarCatalogueDashboardConfig):
    """The dashboard's catalogue."""

    name = "storefront.config.products"
