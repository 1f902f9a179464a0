"""
Saves of one story wait for each other.

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
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

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


class StoryEditView(EditView):
    """Wagtail's form for a story that is there."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Wait for a save that is not through yet."""
        if request.method != "POST":
            return self._as_wagtail_does(request, page_id, **kwargs)
        with alone_with(f"page {page_id}"):
            return self._as_wagtail_does(request, page_id, **kwargs)

    def get_side_panels(self) -> Any:
        """Add what the story moves; a save that Wagtail makes by itself does not ask for it."""
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(ReachPanel(self.page, self.request))
        return panels

    def _as_wagtail_does(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, page_id, **kwargs)
        return response


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
