"""What the rooms of the ledger have in common."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from storefront.accounts.models import User
from storefront.consent.models import Agreement, Paper

MAY_OPEN = "consent.view_paper"


def paper(request: HttpRequest, paper_id: int) -> FileResponse:
    """
    Hand a signed paper or a recording out; as all of the back office, no cache keeps it.

    Raises:
        Http404: there is none, or who asks may not read it.
    """
    user = request.user
    if not (isinstance(user, User) and user.has_perm(MAY_OPEN)):
        raise Http404
    found = get_object_or_404(Paper, pk=paper_id)
    return FileResponse(found.file.open("rb"), as_attachment=True)


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
