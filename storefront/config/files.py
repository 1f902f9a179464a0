"""Files outside the pages: what was uploaded, and what machines ask every site for."""

import errno

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.static import serve

from storefront.config.parts import in_parts

# A rendition's name says what it is of; a changed picture gets another name.
KEEP = "public, max-age=604800"
# What a search engine has nothing to find in: pages of one person, doors of those who work here.
NOT_TO_CRAWL = (
    *(f"/*/{page}/" for page in ("account", "basket", "checkout", "me", "orders", "search")),
    *(f"/{door}/" for door in ("api", "cms", "dashboard", "drafts", "seller", "webhooks")),
    # Every mixture of filters is the same things once more …
    "/*/shop/?",
)
# … but the pages of the whole list are not; the longer rule wins.
TO_CRAWL = ("/*/shop/?page=", "/")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """
    Return an uploaded file, or the part of it that a player asks for.

    Raises:
        Http404: there is none, or none can have so long a name.
    """
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
    response["Cache-Control"] = KEEP
    return in_parts(request, response)


def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where to look, and where not to."""
    del request
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_TO_CRAWL)]
    lines += [f"Allow: {path}" for path in TO_CRAWL]
    lines += ["", f"Sitemap: {settings.SHOP_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), "text/plain", headers={"Cache-Control": KEEP})


def icon(request: HttpRequest) -> HttpResponse:
    """Send on browsers that ask for an icon without reading the page."""
    del request
    return redirect(static("base/icon.svg"))
