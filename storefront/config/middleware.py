"""Small duties around every request."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from oscar.apps.basket.middleware import BasketMiddleware

# Addresses without a language: what is not found there is not looked for under /en/.
WITHOUT_LANGUAGE = (
    "/account/",
    "/api/",
    "/cms/",
    "/dashboard/",
    "/documents/",
    "/media/",
    "/seller/",
    "/static/",
    "/webhooks/",
)


class Languages(LocaleMiddleware):
    """Django's, except that a missing page stays missing where addresses have no language."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Finish the answer."""
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            response.headers.setdefault("Content-Language", get_language() or "en")
            return response
        return super().process_response(request, response)


Handler = Callable[[HttpRequest], HttpResponse]

# Personal or changing at every visit: never kept by a cache.
PERSONAL = ("basket", "checkout", "orders", "account", "me", "search")
PUBLIC_FOR = "public, max-age=60, stale-while-revalidate=300"
# Doors behind which money, stock or other people's words can be moved.
GUARDED = ("/seller/", "/cms/", "/dashboard/")


def public_pages(get_response: Handler) -> Handler:
    """Let caches keep the pages that are the same for everybody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if _is_public(request, response):
            response["Cache-Control"] = PUBLIC_FOR
        else:
            response["Cache-Control"] = "private, no-cache"
        return response

    return middleware


def _is_public(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        address_is_public(request)
        # A missing page is not kept: it may be published in a minute.
        and response.status_code in {200, 301, 304}
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
    )


def address_is_public(request: HttpRequest) -> bool:
    """Return whether a page at this address can be the same for everybody."""
    parts = request.path.split("/")
    return (
        request.method in {"GET", "HEAD"}
        and len(parts) > 2
        and parts[1] in dict(settings.LANGUAGES)
        and parts[2] not in PERSONAL
    )


def second_factor(get_response: Handler) -> Handler:
    """Ask who works here for a second factor, or to set one up, where that is required."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.path.startswith(GUARDED)
            and request.user.is_authenticated
            and not _has_second_factor(request)
        ):
            return redirect(_second_factor_door(request))
        return get_response(request)

    return middleware


def _second_factor_door(request: HttpRequest) -> str:
    """Return where to give the second factor; who has just set one up gave none yet."""
    if not is_mfa_enabled(request.user):
        return reverse("mfa_index")
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"


def _has_second_factor(request: HttpRequest) -> bool:
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def dashboard_basket(get_response: Handler) -> Handler:
    """Give Oscar's dashboard the basket and strategy its views expect; nobody else."""
    oscar = BasketMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/dashboard/"):
            answer: HttpResponse = oscar(request)
            return answer
        return get_response(request)

    return middleware
