"""Public pages are the same for everybody: each is kept for some seconds, ahead of all else."""

import hashlib
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, get_max_age

from storefront.config.compressed import encoding_for
from storefront.config.middleware import address_is_public

Handler = Callable[[HttpRequest], HttpResponse]
Kept = tuple[float, bytes, dict[str, str]]


def kept_pages(get_response: Handler) -> Handler:
    """
    Answer with the page as it was at most PAGES_KEPT_SECONDS ago.

    No page is kept longer than its own header allows: a festival's first day changes them all.
    Only what `public_pages` marked as public is kept: such a page depends on its address alone.
    It is kept as it travels: compressed once for all who ask for it in these seconds.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        # An editor's preview has the address of the page that everybody sees.
        is_preview = getattr(request, "is_dummy", False)
        if not settings.PAGES_KEPT_SECONDS or is_preview or not address_is_public(request):
            return get_response(request)
        key = _key(request)
        kept: Kept | None = caches["pages"].get(key)
        if kept is not None:
            return _answer(request, kept)
        response = get_response(request)
        if request.method == "GET" and _may_be_kept(response):
            page = (time.time(), response.content, dict(response.items()))
            seconds = min(settings.PAGES_KEPT_SECONDS, get_max_age(response) or 0)
            caches["pages"].set(key, page, seconds)
        return response

    return middleware


def _key(request: HttpRequest) -> str:
    """Return what the page depends on; links to it in the other language repeat its query."""
    host = request.META.get("HTTP_HOST", "")
    words = f"{settings.THEME} {host} {encoding_for(request)} {request.get_full_path()}"
    return hashlib.sha256(words.encode()).hexdigest()


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Cache-Control", "").startswith("public")
    )


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return the kept page, or that the reader has it already."""
    kept_at, content, headers = kept
    response = HttpResponse(content, headers=headers)
    response["Age"] = str(max(0, int(time.time() - kept_at)))
    answer = get_conditional_response(request, etag=headers.get("ETag"), response=response)
    assert answer is not None, "there is a response to fall back on"
    return answer
