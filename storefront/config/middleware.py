"""Small duties around every request."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language, get_language_from_path
from oscar.apps.basket.middleware import BasketMiddleware

from cms.festivals import Season, season
from storefront.core.clock import now
from storefront.core.freshness import FRESH_SECONDS, STALE_SECONDS

# Addresses without a language: what is not found there is not looked for under /en/.
WITHOUT_LANGUAGE = (
    "/api/",
    "/cms/",
    "/dashboard/",
    "/documents/",
    "/drafts/",
    "/media/",
    "/seller/",
    "/static/",
    "/webhooks/",
)


# A person's own pages, and the search, which changes at every visit: never kept by a cache.
OWN = ("basket", "checkout", "orders", "account", "me")
PERSONAL = (*OWN, "search")


class Languages(LocaleMiddleware):
    """
    Django's, except for addresses without a language.

    There a missing page stays missing, and the language is the one that was read last: a page
    of one's own tells the browser to remember it. Public pages tell nothing.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Finish the answer."""
        _remember_language(request, response)
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            response.headers.setdefault("Content-Language", get_language() or "en")
            return response
        return super().process_response(request, response)


def _remember_language(request: HttpRequest, response: HttpResponseBase) -> None:
    language, section = get_language_from_path(request.path_info), request.path_info.split("/")[2:3]
    cookie = settings.LANGUAGE_COOKIE_NAME
    if not language or not set(section) & set(OWN) or request.COOKIES.get(cookie) == language:
        return
    response.set_cookie(
        cookie,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


Handler = Callable[[HttpRequest], HttpResponse]


def public_pages(get_response: Handler) -> Handler:
    """Let caches keep the pages that are the same for everybody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Before the page is made: one that is made over midnight may still wear the old skin.
        begun_in = season(request) if address_is_public(request) else Season()
        response = get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if _is_public(request, response):
            response["Cache-Control"] = _public_for(begun_in)
        else:
            response["Cache-Control"] = "private, no-cache"
        return response

    return middleware


def _public_for(season: Season) -> str:
    """Return how long caches keep a page: never longer than the shop wears the same skin."""
    left = season.seconds_left(now=now())
    fresh, stale = FRESH_SECONDS, STALE_SECONDS
    if left is not None:
        fresh = min(fresh, left)
        stale = min(stale, left - fresh)
    return f"public, max-age={fresh}, stale-while-revalidate={stale}"


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


def editors_only(get_response: Handler) -> Handler:
    """
    Tell who is signed in and writes nothing that /cms/ is not theirs.

    Wagtail would send them to the login, which sends them back.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith("/cms/")
            and request.user.is_authenticated
            and not request.user.has_perm("wagtailadmin.access_admin")
        ):
            raise PermissionDenied
        return get_response(request)

    return middleware


def dashboard_basket(get_response: Handler) -> Handler:
    """Give Oscar's dashboard the basket and strategy its views expect; nobody else."""
    oscar = BasketMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/dashboard/"):
            answer: HttpResponse = oscar(request)
            return answer
        return get_response(request)

    return middleware
