"""What the rooms of the ledger have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from storefront.consent.models import Agreement


class Room(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the ledger, with the way back to the list."""

    model: Any = Agreement
    request: HttpRequest

    def trail(self) -> list[dict[str, str]]:
        """Return what lies between the list and this page."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back."""
        start: list[dict[str, Any]] = [*self.breadcrumbs_items]
        ledger = {"url": reverse("consents:index"), "label": gettext("Consents")}
        return [*start, ledger, *self.trail(), {"url": "", "label": self.get_page_title()}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let in who may."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response
