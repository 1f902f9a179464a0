"""Pages travel compressed; a page that is the same for everybody is compressed once and kept so."""

import hashlib
import re

import brotli
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXTS = ("text/", "application/json", "application/problem+json", "application/xml")
# Well compressed is a tenth smaller and takes thirty milliseconds: that is for words that come
# again, whenever a kept page is made anew. What comes once is compressed in two.
QUICKLY, WELL = 5, 10
REMEMBERED_SECONDS = 24 * 60 * 60
# Less than this fits into the packet that carries the headers.
WORTH_BYTES = 500


class Compressed(GZipMiddleware):
    """
    Django's middleware, for texts alone, and in Brotli where nothing in the page is secret.

    Compression can betray a secret that stands beside what the asker chose (BREACH). Nobody's
    pages hold none. On a person's own pages Django masks the CSRF token anew in each answer, and
    its gzip blurs the length by up to 100 random bytes: therefore those are only ever gzipped.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress what gains by it, and tell caches on the way that the answer varies."""
        if not isinstance(response, HttpResponse):
            return response  # files are streamed, and pictures are small already
        kind = response.get("Content-Type", "")
        if response.status_code != 304 and not kind.startswith(TEXTS):
            return response
        finished: HttpResponseBase = response
        if len(response.content) >= WORTH_BYTES:
            is_public = response.get("Cache-Control", "").startswith("public")
            if is_public and encoding_for(request) == "br" and "Content-Encoding" not in response:
                _into_brotli(response)
            else:
                finished = super().process_response(request, response)
        _as_if_whole(finished)
        return finished


def encoding_for(request: HttpRequest) -> str:
    """Return how a public page is sent to this browser: `br`, `gzip` or, as it is, nothing."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return next((name for name in ("br", "gzip") if re.search(rf"\b{name}\b", accepted)), "")


def _into_brotli(response: HttpResponse) -> None:
    response.content = _compressed(response.content)
    response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "br"


def _compressed(words: bytes) -> bytes:
    key = f"brotli-{hashlib.sha256(words).hexdigest()}"
    known: bytes | None = caches["pages"].get(key)
    if known:
        return known
    comes_again = known is not None
    found = bytes(brotli.compress(words, quality=WELL if comes_again else QUICKLY))
    caches["pages"].set(key, found if comes_again else b"", REMEMBERED_SECONDS)
    return found


def _as_if_whole(response: HttpResponseBase) -> None:
    """Give the headers that every form of the page has: its ETag names words, not bytes."""
    patch_vary_headers(response, ("Accept-Encoding",))
    etag = response.get("ETag", "")
    if etag.startswith('"'):
        response["ETag"] = f"W/{etag}"
