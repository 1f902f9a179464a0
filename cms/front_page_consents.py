"""What editors see first of consents: those that end soon, and pages offline for want of one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.taking_back import taken_back
from storefront.consent.queries import ending_soon
from storefront.core.clock import now, today


class ConsentsEnding(Component):
    """Whose consent ends soon, and which pages are offline for want of one."""

    template_name = "cms/admin/consents_ending.html"
    order = 105

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return both lists; the ledger's only for those who may read it."""
        may_read = self.request.user.has_perm("consent.view_agreement")
        return {
            "ending": [
                {
                    "person": row.person,
                    "use": row.get_use_display(),
                    "until": row.until_on,
                    "url": reverse("consents:person", args=[row.person_id]),
                }
                for row in (ending_soon(on=today()) if may_read else ())
            ],
            "taken_back": [
                {
                    "title": page.title,
                    "language": page.locale.language_code,
                    "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                }
                for page in taken_back(now=now())
            ],
        }
