"""What editors read when Wagtail comes to publish somebody who does not agree."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from cms.people import ConsentMissing

Handler = Callable[[HttpRequest], HttpResponse]


def consent_missing(get_response: Handler) -> Handler:
    """
    Lead editors to the page that cannot be published, with the reason.

    Forms say so by themselves; copies, many pages at once and moderators' short ways do not.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ConsentMissing) or not request.path.startswith("/cms/"):
            return None
        messages.error(request, " ".join(error.messages))
        if error.page.pk is None:
            return redirect("wagtailadmin_home")
        return redirect("wagtailadmin_pages:edit", error.page.pk)

    middleware.process_exception = process_exception
    return middleware
