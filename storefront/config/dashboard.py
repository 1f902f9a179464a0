"""Oscar's staff dashboard, without its page editor: pages are Wagtail's."""

from django.apps import apps
from django.urls import include, path, reverse_lazy
from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig
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
    login_url = reverse_lazy("account_login")

    def ready(self) -> None:
        """Load the index; the sections are found by label when addresses are built."""
        self.index_view = get_class("dashboard.views", "IndexView")
        self.configure_permissions()

    def get_urls(self):
        """Return the sections' addresses; signing in and out happens elsewhere."""
        sections = [
            path(f"{prefix}/", include(apps.get_app_config(f"{label}_dashboard").urls[0]))
            for prefix, label in SECTIONS.items()
        ]
        index = path("", self.index_view.as_view(), name="index")
        return self.post_process_urls([index, *sections])
