"""The pages for what went wrong at the door; who asks the API gets a problem instead."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from storefront.api.door import refuse
from storefront.api.errors import KINDS

API = "/api/"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came from elsewhere or was too old."""
    del reason
    return render(request, "pages/403.html", {"form_expired": True}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this is not the reader's to see."""
    del exception
    return render(request, "pages/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    del exception
    if request.path_info.startswith(API):
        return _without_slash(request) or refuse(request, "not-found")
    return render(request, "pages/404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent is too much, or cannot be understood."""
    is_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return _refusal(request, "too-large" if is_large else "not-understood")


def unreadable(request: HttpRequest) -> HttpResponse:
    """Say that what was sent is no text."""
    return _refusal(request, "unreadable")


def _refusal(request: HttpRequest, code: str) -> HttpResponse:
    if request.path_info.startswith(API):
        return refuse(request, code)
    kind = KINDS[code]
    return render(request, "pages/400.html", {"kind": kind}, status=kind.status)


def _without_slash(request: HttpRequest) -> HttpResponse | None:
    """Send on who wrote a slash too many."""
    bare = request.path_info.rstrip("/")
    try:
        resolve(bare)
    except Resolver404:
        return None
    address = request.get_full_path().replace(request.path_info, bare, 1)
    return redirect(address, permanent=True, preserve_request=True)
