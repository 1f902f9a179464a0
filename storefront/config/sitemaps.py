"""The sitemap: every page and product in both languages, each naming the other."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cms.queries import page_addresses
from storefront.catalogue.models import Product

# A map may hold 50,000 addresses and 50 MB. A thing has one address for each language, and each
# names the others.
THINGS_A_MAP = 10_000
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing: how many there are, and the entries from one number to another."""

    count: Callable[[], int]
    entries: Callable[[int, int], Iterator[dict[str, Any]]]


def _pages(start: int, stop: int) -> Iterator[dict[str, Any]]:
    """Give the pages editors wrote, only in languages they are really written in."""
    for page in page_addresses()[start:stop]:
        yield from _entries(dict(page.languages), page.published_at)


def _products(start: int, stop: int) -> Iterator[dict[str, Any]]:
    products = Product.objects.live().only("pk", "slug", "date_updated").order_by("pk")
    for product in products[start:stop]:
        addresses = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                addresses[code] = product.get_absolute_url()
        yield from _entries(addresses, product.date_updated)


def _entries(addresses: dict[str, str], changed: Any) -> Iterator[dict[str, Any]]:
    everywhere = {code: f"{settings.SHOP_URL}{address}" for code, address in addresses.items()}
    alternates = [{"lang_code": code, "location": at} for code, at in everywhere.items()]
    for location in everywhere.values():
        yield {"location": location, "lastmod": changed, "alternates": alternates}


SECTIONS = {
    "pages": Section(count=lambda: len(page_addresses()), entries=_pages),
    "products": Section(count=lambda: Product.objects.live().count(), entries=_products),
}


def sitemap(request: HttpRequest) -> HttpResponse:
    """Return one map of everything, or a list of maps once one would be too long."""
    wanted = request.GET.get("section")
    if wanted is not None:
        return _map(request, wanted, request.GET.get("p", "1"))
    lengths = {name: section.count() for name, section in SECTIONS.items()}
    if max(lengths.values()) > THINGS_A_MAP:
        return _index(request, lengths)
    everything = [
        entry for section in SECTIONS.values() for entry in section.entries(0, THINGS_A_MAP)
    ]
    return _xml(request, "sitemap.xml", {"urlset": everything})


def _map(request: HttpRequest, name: str, number: str) -> HttpResponse:
    if name not in SECTIONS or not _NUMBER.fullmatch(number):
        raise Http404
    stop = int(number) * THINGS_A_MAP
    found = list(SECTIONS[name].entries(max(0, stop - THINGS_A_MAP), stop))
    if not found:
        raise Http404
    return _xml(request, "sitemap.xml", {"urlset": found})


def _index(request: HttpRequest, lengths: dict[str, int]) -> HttpResponse:
    maps = [
        {"location": f"{settings.SHOP_URL}/sitemap.xml?section={name}&p={number}"}
        for name, length in lengths.items()
        for number in range(1, -(-length // THINGS_A_MAP) + 1)
    ]
    return _xml(request, "sitemap_index.xml", {"sitemaps": maps})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["Cache-Control"] = "public, max-age=3600"
    return response
