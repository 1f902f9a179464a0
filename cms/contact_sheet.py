"""Every picture of the shop on one page, by district: for whoever draws and chooses them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from cms.pages.base import PagesQuerySet
from cms.pages.crafts import CraftPage
from cms.pages.districts import DistrictPage
from cms.pages.home import HomePage
from cms.pages.stories import StoryPage
from cms.pictures import load_renditions, shown
from storefront.atlas.models import District
from storefront.catalogue.models import Artisan, Product, ProductImage
from storefront.media.models import Picture
from storefront.media.queries import PictureView
from storefront.media.rules import Use


@dataclass(frozen=True, slots=True)
class Print:
    """A picture on the sheet: what it shows, and what is said in its place in both languages."""

    caption: str
    url: str
    picture: Picture | None

    @property
    def view(self) -> PictureView | None:
        """Return what its `<img>` needs; nothing where a picture is missing."""
        return shown(self.picture, Use.CARD)


def contact_sheet(request: HttpRequest) -> HttpResponse:
    """
    Show the home page, then each district's cover, makers and products, then crafts, stories.

    Raises:
        Http404: this is not the maker's own machine.
    """
    if not settings.STYLEGUIDE:
        raise Http404
    sections = [
        # Without a picture of its own it shows products'.
        (gettext("Home page"), _covers(HomePage.objects.readable().exclude(cover=None))),
        *_districts(),
        (gettext("Crafts"), _covers(CraftPage.objects.readable().order_by("title"))),
        (gettext("Stories"), _covers(StoryPage.objects.readable().order_by("title"))),
    ]
    load_renditions(each.picture for _title, prints in sections for each in prints)
    return render(request, "pages/contact_sheet.html", {"sections": sections})


def _districts() -> Iterator[tuple[str, list[Print]]]:
    pages = DistrictPage.objects.readable().select_related("cover", "locale")
    covers = {page.district_id: page for page in pages}
    makers, products = _makers(), _products()
    for district in District.objects.order_by("name_en"):
        page = covers.get(district.pk)
        cover = [Print(page.title, page.address, page.cover)] if page else []
        yield district.name, [*cover, *makers[district.pk], *products[district.pk]]


def _makers() -> dict[int, list[Print]]:
    found: dict[int, list[Print]] = defaultdict(list)
    for maker in Artisan.objects.select_related("portrait").order_by("pk"):
        found[maker.district_id].append(Print(maker.name, maker.get_absolute_url(), maker.portrait))
    return found


def _products() -> dict[int, list[Print]]:
    """Each picture of each product that is for sale, and the products that have none."""
    pictures: dict[int, list[Picture | None]] = defaultdict(list)
    images = ProductImage.objects.filter(image__isnull=False).select_related("image")
    for image in images.order_by("product", "display_order"):
        pictures[image.product_id].append(image.image)
    found: dict[int, list[Print]] = defaultdict(list)
    for product in Product.objects.live().filter(district__isnull=False).order_by("upc"):
        found[product.district_id or 0] += [
            Print(product.get_title(), product.get_absolute_url(), picture)
            for picture in pictures[product.pk] or [None]
        ]
    return found


def _covers(pages: PagesQuerySet) -> list[Print]:
    found = pages.select_related("cover", "locale")
    return [Print(page.title, page.address, page.cover) for page in found]
