"""Sitemaps, one for each kind of page: each address in both languages, with its pictures."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cms.queries import KINDS, PageAddress, page_addresses
from cms.tag_pages import tag_addresses
from storefront.catalogue.models import Product, ProductImage
from storefront.core.freshness import BRIEFLY
from storefront.core.linked_data import absolute
from storefront.media.queries import pictures
from storefront.media.rules import Use

# A map may hold 50,000 addresses and 50 MB. A thing has one address for each language, and each
# names the others.
THINGS_A_MAP = 10_000
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing: how many there are, and the entries from one number to another."""

    count: Callable[[], int]
    entries: Callable[[int, int], Iterator[dict[str, Any]]]


def _pages(addresses: Callable[[], list[PageAddress]]) -> Section:
    """Return pages that editors wrote, in the languages they are really written in."""
    return Section(count=lambda: len(addresses()), entries=partial(_entries_of_pages, addresses))


def _entries_of_pages(
    addresses: Callable[[], list[PageAddress]], start: int, stop: int
) -> Iterator[dict[str, Any]]:
    found = addresses()[start:stop]
    shown = pictures((page.picture for page in found), Use.COVER)
    for page in found:
        large = [shown[page.picture].large] if page.picture in shown else []
        yield from _entries(dict(page.languages), page.published_at, large)


def _products(start: int, stop: int) -> Iterator[dict[str, Any]]:
    products = Product.objects.live().only("pk", "slug", "date_updated").order_by("pk")
    found = list(products[start:stop])
    images = _images([product.pk for product in found])
    for product in found:
        addresses = {}
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                addresses[code] = product.get_absolute_url()
        yield from _entries(addresses, product.date_updated, images.get(product.pk, []))


def _images(products: list[int]) -> dict[int, list[str]]:
    """Return the addresses of products' pictures, by the products' numbers; two queries."""
    rows = ProductImage.objects.filter(product__in=products, image__isnull=False)
    pairs = list(rows.order_by("display_order", "pk").values_list("product_id", "image_id"))
    shown = pictures((picture for _, picture in pairs), Use.PRODUCT)
    found: dict[int, list[str]] = {}
    for product, picture in pairs:
        if picture in shown:
            found.setdefault(product, []).append(shown[picture].large)
    return found


def _entries(
    addresses: dict[str, str], changed: Any, images: Iterable[str]
) -> Iterator[dict[str, Any]]:
    everywhere = {code: absolute(address) for code, address in addresses.items()}
    alternates = [{"lang_code": code, "location": at} for code, at in everywhere.items()]
    # Whoever speaks none of the languages gets the first.
    alternates.append({"lang_code": "x-default", "location": alternates[0]["location"]})
    shown = [absolute(image) for image in images]
    for location in everywhere.values():
        yield {
            "location": location,
            "lastmod": changed,
            "alternates": alternates,
            "images": shown,
        }


SECTIONS = {
    "products": Section(count=lambda: Product.objects.live().count(), entries=_products),
    **{kind: _pages(partial(page_addresses, kind)) for kind in KINDS},
    "tags": _pages(tag_addresses),
}


def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the list of maps, or the map that the address names."""
    wanted = request.GET.get("section")
    if wanted is None:
        return _index(request)
    return _map(request, wanted, request.GET.get("p", "1"))


def _map(request: HttpRequest, name: str, number: str) -> HttpResponse:
    if name not in SECTIONS or not _NUMBER.fullmatch(number):
        raise Http404
    stop = int(number) * THINGS_A_MAP
    found = list(SECTIONS[name].entries(max(0, stop - THINGS_A_MAP), stop))
    if not found:
        raise Http404
    return _xml(request, "sitemaps/map.xml", {"entries": found})


def _index(request: HttpRequest) -> HttpResponse:
    maps = [
        {"location": f"{settings.SHOP_URL}/sitemap.xml?section={name}&p={number}"}
        for name, section in SECTIONS.items()
        for number in range(1, -(-section.count() // THINGS_A_MAP) + 1)
    ]
    return _xml(request, "sitemap_index.xml", {"sitemaps": maps})


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    response["Cache-Control"] = BRIEFLY
    return response
