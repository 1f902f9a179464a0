"""What a page may load and run: only what is the shop's own, told to the browser as a policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from storefront.config.sheets import first_sheet

Handler = Callable[[HttpRequest], HttpResponse]
# Written by others, with scripts and styles inside their pages.
LIBRARIES = ("/api/", "/cms/", "/dashboard/")
# The one thing allowed inside a page is the style sheet of its first screen. `data:` is for the
# code that a second factor's app photographs.
POLICY = (
    "default-src 'self'; style-src 'self' {sheet}; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)


def content_policy(get_response: Handler) -> Handler:
    """Send the policy with every page of buyers and sellers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(LIBRARIES):
            policy = POLICY.format(sheet=first_sheet().source)
            response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware
