"""Pages of our own in Wagtail's back office."""

from typing import Any

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class OfficePage(WagtailAdminTemplateMixin):
    """Wagtail's own frame, whose header names the page."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to the page, with the page itself at the end."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]
