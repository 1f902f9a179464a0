"""What is no text is refused once, before any door: in addresses, cookies and forms."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from storefront.config.errors import unreadable
from storefront.config.middleware import Handler
from storefront.core.text import is_readable, is_storable

# They read the bare body, and a form that was read leaves none.
WITHOUT_FORMS = ("/api/", "/webhooks/")


class ReadableText:
    """
    Refuse bytes that are no UTF-8, and the NUL character; JSON is read by `api.reading`.

    Foreign bytes in a cookie are no reason: it may be another site's, and they fit none of ours.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the address and the cookies; a bad cookie is taken from the browser."""
        bad = [name for name, held in request.COOKIES.items() if not is_storable(name + held)]
        if not bad and is_readable(request.path_info) and is_readable(_query(request)):
            return self.get_response(request)
        response = unreadable(request)
        for name in bad:
            response.delete_cookie(name)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Look into the form, if there is one, once nothing else has refused it."""
        if request.path_info.startswith(WITHOUT_FORMS) or _is_readable_form(request):
            return None
        return unreadable(request)


def _query(request: HttpRequest) -> bytes:
    # WSGI hands bytes on as Latin-1.
    return str(request.META.get("QUERY_STRING", "")).encode("latin-1")


def _is_readable_form(request: HttpRequest) -> bool:
    if request.content_type == "application/x-www-form-urlencoded":
        return is_readable(request.body)
    if request.content_type == "multipart/form-data":
        return all(is_storable(name + "".join(told)) for name, told in request.POST.lists())
    return True
