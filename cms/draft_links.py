"""Links by which somebody without a login reads a draft; each of them ends."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.models import Page

from cms.office import OfficePage
from cms.pages.base import BasePage
from cms.people import is_taken_back
from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.core.linked_data import absolute
from storefront.core.references import token

DAYS = {1: _("One day"), 7: _("A week"), 30: _("30 days")}
GONE = 410


class DraftLink(models.Model):
    """A link to the newest draft of a page, good until it ends."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=token, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()

    class Meta:
        permissions = ()
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id} until {self.ends_at:%Y-%m-%d}"

    @property
    def address(self) -> str:
        """The whole address, to be sent to somebody."""
        return absolute(reverse("draft", args=[self.token]))


def make_link(page: BasePage, *, by: User, days: int, at: datetime) -> DraftLink:
    """Make a link to a page's newest draft."""
    return DraftLink.objects.create(page_id=page.pk, by=by, ends_at=at + timedelta(days=days))


def end_link(link: DraftLink, *, at: datetime) -> None:
    """End a link now; one that ended before stays as it was."""
    DraftLink.objects.filter(pk=link.pk, ends_at__gt=at).update(ends_at=at)


def draft_at(key: str, *, at: datetime) -> BasePage | None:
    """
    Return the newest draft that a link leads to, or nothing if the link has ended.

    Whom a draft tells of may read it before they agree; after somebody withdrew, nobody may.

    Raises:
        Http404: there never was such a link, or its page was deleted.
    """
    link = DraftLink.objects.select_related("page").filter(token=key).first()
    if link is None:
        raise Http404
    if link.ends_at <= at:
        return None
    newest: BasePage = link.page.get_latest_revision_as_object()
    return None if is_taken_back(newest) else newest


@require_safe
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """Show a draft as it would be on the site; no cache and no search engine may keep it."""
    page = draft_at(key, at=now())
    if page is None:
        response = render(request, "pages/draft_ended.html", status=GONE)
    else:
        with translation.override(page.locale.language_code):
            response = page.make_preview_request(
                original_request=request, extra_request_attrs={"is_shared_draft": True}
            )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    # What the draft links to need not know the draft's own address.
    response["Referrer-Policy"] = "same-origin"
    return response


class LinkForm(forms.Form):
    """How long a new link is good for."""

    days = forms.TypedChoiceField(label=_("Good for"), choices=DAYS.items(), coerce=int, initial=7)


class DraftLinksView(OfficePage):
    """What a page's links are shown with: Wagtail's own frame."""

    page_title = _("Links to the draft")
    header_icon = "link"
    template_name = "cms/admin/draft_links.html"


def draft_links(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show editors a page's links; make one, or end one."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    links = DraftLink.objects.filter(page=page.pk, ends_at__gt=now()).select_related("by")
    form = LinkForm(request.POST or None)
    if request.method == "POST" and "end" in request.POST:
        _end(request, links, request.POST["end"])
        return redirect("draft-links", page.pk)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User), "nobody else can edit"
        make_link(page, by=request.user, days=form.cleaned_data["days"], at=now())
        messages.success(request, gettext("The link is made. Whoever has it can read the draft."))
        return redirect("draft-links", page.pk)
    frame = DraftLinksView()
    frame.request = request
    context: dict[str, Any] = frame.get_context_data(
        page=page, links=links.order_by("ends_at"), form=form, page_subtitle=page.title
    )
    return render(request, frame.template_name, context)


def _end(request: HttpRequest, links: "models.QuerySet[DraftLink]", number: str) -> None:
    found = links.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if found is not None:
        end_link(found, at=now())
        messages.success(request, gettext("The link has ended."))
