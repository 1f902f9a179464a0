"""What the checks beside a page's form look for besides Wagtail's own."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

RULE = "consent-missing"


class Checks(ContentCheckerItem):
    """Wagtail's checks, and whether everybody agreed whom the preview shows."""

    axe_run_only = (*ContentCheckerItem.axe_run_only, RULE)
    axe_custom_rules = (
        *ContentCheckerItem.axe_custom_rules,
        {
            "id": RULE,
            "impact": "critical",
            # The preview (cms/preview.html) marks what is missing; no such mark has what is asked.
            "selector": "[data-consent-missing]",
            "tags": ["best-practice"],
            "any": ["has-alt"],
            "enabled": True,
        },
    )
    axe_messages = ContentCheckerItem.axe_messages | {
        RULE: {
            "error_name": _("A consent is missing"),
            "help_text": _("Record what the person agreed to, or take them out of the page"),
        }
    }


def with_our_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Put our checks in place of Wagtail's."""
    items[:] = [
        Checks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
