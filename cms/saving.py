"""
Saves of one page wait for each other, and nobody writes over somebody else's words unknowingly.

Wagtail saves a story by itself while its editor writes; who publishes at that moment sends a
second save before the first is through. Unordered, the story is made twice, or taken offline
again by the save that began earlier.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page

from cms.pages.stories import StoryPage
from cms.reports import ReachPanel
from storefront.core.references import uuid_of


@contextmanager
def alone_with(name: str) -> Iterator[None]:
    """Let one request at a time do something to what has this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


class WatchfulEditView(EditView):
    """Wagtail's form for a page that is there."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Wait for a save that is not through yet."""
        if request.method != "POST":
            return self._as_wagtail_does(request, page_id, **kwargs)
        with alone_with(f"page {page_id}"):
            return self._as_wagtail_does(request, page_id, **kwargs)

    def get_object(self) -> Page:
        """
        Return the newest draft; where it stands in its workflow was read with the page itself.

        Wagtail would ask that up to fifteen times, because an action may change it.
        """
        page: Page = super().get_object()
        if not any(name.startswith("action-") for name in self.request.POST):
            known = self.real_page_record._current_workflow_states  # noqa: SLF001 -- Wagtail fills it
            page._current_workflow_states = known  # noqa: SLF001 -- as `prefetch_workflow_states`
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, unless somebody else has saved since: then ask first."""
        if not self.expects_json_response and self._is_overtaken():
            return self._ask_first()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def _is_overtaken(self) -> bool:
        # One's own other window, and the save Wagtail makes by itself, overtake nobody.
        return bool(self.is_out_of_date and self.latest_revision.user_id != self.request.user.pk)

    def _ask_first(self) -> HttpResponse:
        """Show what was written, not saved; the form now knows of the other version."""
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        if self.action_name == "save":
            self.form.defer_required_fields()
        self.form.is_valid()
        self.form.restore_required_fields()
        version = [self.page.pk, self.latest_revision.pk]
        other = reverse("wagtailadmin_pages:revisions_view", args=version)
        messages.warning(
            self.request, self._told(), buttons=[messages.button(other, _("See that version"))]
        )
        self.has_unsaved_changes = True
        response: HttpResponse = self.render_to_response(self.get_context_data())
        return response

    def _told(self) -> str:
        at = date_format(localtime(self.latest_revision.created_at), "j F Y, H:i")
        return _(
            "%(name)s saved this page on %(at)s, after you had opened it. What you wrote stands "
            "below and is not saved yet. If you save it now, it takes the place of that version, "
            "which stays in the history."
        ) % {"name": user_display_name(self.latest_revision.user) or _("Somebody"), "at": at}

    def _as_wagtail_does(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, page_id, **kwargs)
        return response


class StoryEditView(WatchfulEditView):
    """The form for a story that is there."""

    def get_side_panels(self) -> Any:
        """Add what the story moves; a save that Wagtail makes by itself does not ask for it."""
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(ReachPanel(self.page, self.request))
        return panels


class StoryCreateView(CreateView):
    """Wagtail's form for a new story; its second save changes what the first has made."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Wait for a save that is not through yet, and go on with its story."""
        draft = uuid_of(request.POST.get("draft", ""))
        if draft is None:
            return self._as_wagtail_does(request, *args, **kwargs)
        with alone_with(f"draft {draft}"):
            made = StoryPage.objects.filter(translation_key=draft, owner=request.user).first()
            if made is None:
                return self._as_wagtail_does(request, *args, **kwargs)
            edit = resolve(reverse("wagtailadmin_pages:edit", args=[made.pk]))
            response: HttpResponse = edit.func(request, *edit.args, **edit.kwargs)
            return response

    def _as_wagtail_does(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
