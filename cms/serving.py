"""A page by its kind and slug: one query instead of a walk through the tree."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cms.pages.base import BasePage, PagesQuerySet


def show(request: HttpRequest, kind: type[BasePage], slug: str = "") -> HttpResponse:
    """
    Serve a page in the language of the address.

    A page that was not translated leads to the language it is written in.

    Raises:
        Http404: there is no such page in any language.
    """
    pages: PagesQuerySet = kind.objects.own_words()
    if slug:
        pages = pages.filter(slug=slug)
    page = (
        pages.filter(locale__language_code=get_language())
        .select_related("locale", "cover", *kind.reads)
        .with_languages()
        .order_by("path")
        .first()
    )
    if page is None:
        return _elsewhere(request, pages)
    # Wagtail would walk down the tree to find the page; the kind and the slug say which it is.
    request._wagtail_route_for_request = RouteResult(page)  # noqa: SLF001 -- its own memory
    response: HttpResponse = serve(request, request.path)
    return response


def _elsewhere(request: HttpRequest, pages: PagesQuerySet) -> HttpResponse:
    if get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False)):
        # A page of this language had this address before: the middleware leads there.
        raise Http404
    other = pages.select_related("locale").order_by("path").first()
    if other is None:
        raise Http404
    return redirect(other.address)
