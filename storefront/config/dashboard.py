"""Oscar's staff dashboard, without its page editor, and with reviews that only buyers write."""

from typing import Any

from django.apps import apps
from django.urls import include, path, reverse_lazy
from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig
from oscar.apps.dashboard.reviews.apps import ReviewsDashboardConfig
from oscar.core.loading import get_class

SECTIONS = {
    "catalogue": "catalogue",
    "reports": "reports",
    "orders": "orders",
    "users": "users",
    "partners": "partners",
    "offers": "offers",
    "ranges": "ranges",
    "reviews": "reviews",
    "vouchers": "vouchers",
    "comms": "communications",
    "shipping": "shipping",
}


class DashboardConfig(OscarDashboardConfig):
    """The dashboard at /dashboard/, behind the one login."""

    name = "oscar.apps.dashboard"
    login_url = reverse_lazy("account_login")  # type: ignore[assignment]  # Oscar says None

    def ready(self) -> None:
        """Load the index; the sections are found by label when addresses are built."""
        self.index_view = get_class("dashboard.views", "IndexView")
        self.configure_permissions()

    def get_urls(self) -> list[Any]:
        """Return the sections' addresses; signing in and out happens elsewhere."""
        index = path("", self.index_view.as_view(), name="index")
        urls: list[Any] = self.post_process_urls([index, *map(self._section, SECTIONS.items())])
        return urls

    def _section(self, section: tuple[str, str]) -> Any:
        prefix, label = section
        config = apps.get_app_config(f"{label}_dashboard")
        config.login_url = self.login_url  # its own is an address that we have not
        return path(f"{prefix}/", include(config.urls[0]))


class ReviewsConfig(ReviewsDashboardConfig):
    """Reviews in the dashboard: staff show one or not, and change neither words nor stars."""

    name = "oscar.apps.dashboard.reviews"

    def ready(self) -> None:
        """Let Oscar's form of a review hold its status alone."""
        super().ready()
        only_status = {"form_class": None, "fields": ("status",)}
        self.update_view = type("ReviewStatusView", (self.update_view,), only_status)
