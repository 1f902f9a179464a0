"""The 75 districts: the map, and a page for each."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.atlas_map import Tile, district_map
from cms.divisions import division_name
from cms.pages.base import PROSE, IndexPage, SubjectPage
from cms.pages.makers import ArtisanPage
from cms.pages.stories import RELATED, StoryPage
from cms.pictures import load_renditions, shown
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Product
from storefront.catalogue.queries import cards
from storefront.catalogue.queries.filters import ORDER, Sort
from storefront.core.words import is_hindi_wanted
from storefront.media.rules import Use

PRODUCTS = 12
MAKERS = 4


class DistrictPage(SubjectPage):
    """The words about one district."""

    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    intro = models.TextField(_("introduction"), max_length=300)
    body = RichTextField(_("words"), blank=True, features=PROSE)

    content_panels = (
        *SubjectPage.content_panels,
        FieldPanel("district"),
        FieldPanel("intro"),
        FieldPanel("cover"),
        FieldPanel("body"),
    )

    search_fields = (*Page.search_fields, index.SearchField("intro"), index.SearchField("body"))

    parent_page_types = ("cms.DistrictIndexPage",)
    subpage_types = ()
    template = "pages/district.html"
    address_name = "district"
    subject = "district"
    reads = ("district",)

    class Meta:
        verbose_name = _("district page")
        verbose_name_plural = _("district pages")

    def breadcrumbs(self) -> list[dict[str, str]]:
        """Return the way back to all districts."""
        return [{"title": gettext("Districts"), "url": reverse("districts")}, {"title": self.title}]

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the district, its crafts, products, makers and stories."""
        here = Product.objects.live().filter(district=self.district)
        crafts = list(
            Craft.objects.filter(products__in=here)
            .annotate(number=Count("products"))
            .order_by("-number", "pk")
        )
        makers = list(
            ArtisanPage.objects.readable()
            .for_cards()
            .filter(artisan__district=self.district)[:MAKERS]
        )
        stories = StoryPage.objects.readable().near(
            district=self.district, crafts=[craft.pk for craft in crafts]
        )
        found = list(stories[:RELATED])
        portraits = (maker.artisan.portrait for maker in makers)
        load_renditions([self.cover, *portraits, *(story.cover for story in found)])
        return {
            "district": self._words(crafts),
            "cards": cards(here.order_by(*ORDER[Sort.FEATURED])[:PRODUCTS]),
            "makers": [maker.card() for maker in makers],
            "stories": [story.card() for story in found],
        }

    def _words(self, crafts: Sequence[Craft]) -> dict[str, Any]:
        hindi = is_hindi_wanted()
        division = division_name(self.district.division)
        return {
            "name": self.title,
            "other_name": self.district.name_en if hindi else self.district.name_hi,
            "other_lang": "en" if hindi else "hi",
            "division": gettext("%(name)s division") % {"name": division},
            "intro": self.intro,
            "body": self.body,
            "picture": shown(self.cover, Use.COVER),
            "crafts": [
                {"name": craft.name, "url": reverse("craft", args=[craft.slug])} for craft in crafts
            ],
            "shop_url": f"{reverse('shop')}?district={self.district.slug}",
        }


class DistrictIndexPage(IndexPage):
    """All districts, on the map and by division."""

    parent_page_types = ("cms.HomePage",)
    subpage_types = ("cms.DistrictPage",)
    max_count_per_parent = 1
    template = "pages/district_index.html"
    address_name = "districts"

    class Meta:
        verbose_name = _("list of districts")

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the map, and the districts under their divisions."""
        found = district_map()
        divisions: dict[str, list[dict[str, str]]] = {}
        for tile in found.by_name:
            divisions.setdefault(division_name(tile.division), []).append(_card(tile))
        return {
            "head": self.head(),
            "map": found,
            "divisions": [
                {
                    "name": gettext("%(name)s division") % {"name": name},
                    "districts": divisions[name],
                }
                for name in sorted(divisions)
            ],
        }


def _card(tile: Tile) -> dict[str, str]:
    hindi = is_hindi_wanted()
    count = ngettext("%(count)s product", "%(count)s products", tile.count) % {"count": tile.count}
    return {
        "name": tile.name,
        "other_name": tile.other_name,
        "other_lang": "en" if hindi else "hi",
        "url": tile.url,
        "crafts_text": tile.known_for,
        "count_text": count if tile.count else "",
    }
