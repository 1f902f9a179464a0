"""The first page: the map, what is new, who makes it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.atlas_map import district_map
from cms.choosers import ProductChooserBlock
from cms.festivals import festival_view, season
from cms.linked_data import organization, website
from cms.pages.base import BasePage
from cms.pages.makers import ArtisanPage
from cms.pages.stories import StoryPage
from cms.pictures import load_renditions, shown
from storefront.catalogue.models import Product
from storefront.catalogue.queries import Card, cards, cards_of
from storefront.catalogue.queries.filters import ORDER, Sort
from storefront.media.rules import Use

FEATURED = 8
STORIES = 3
MAKERS = 4
HERO_PICTURES = 3


class HomePage(BasePage):
    """The front door, one for each language."""

    hero_title = models.CharField(_("first line"), max_length=120, blank=True)
    hero_text = models.TextField(_("first paragraph"), max_length=300, blank=True)
    picks = StreamField(
        [("product", ProductChooserBlock(label=_("Product")))],
        verbose_name=_("featured products"),
        max_num=FEATURED,
        blank=True,
        help_text=_("Left empty, the shop's own order decides."),
    )

    content_panels = (
        *BasePage.content_panels,
        FieldPanel("hero_title"),
        FieldPanel("hero_text"),
        FieldPanel("cover"),
        FieldPanel("picks"),
    )

    parent_page_types = ("wagtailcore.Page",)
    # They are there from the beginning; of two in one language readers would see only the first.
    max_count = len(settings.LANGUAGES)
    subpage_types = (
        "cms.DistrictIndexPage",
        "cms.CraftIndexPage",
        "cms.CollectionIndexPage",
        "cms.ArtisanIndexPage",
        "cms.StoryIndexPage",
        "cms.StandardPage",
    )
    template = "pages/home.html"
    address_name = "home"
    address_has_slug = False

    class Meta:
        verbose_name = _("home page")

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the map with live counts, featured products, newest stories, makers of the day."""
        featured = self._featured()
        stories = list(StoryPage.objects.readable().for_cards()[:STORIES])
        makers = list(ArtisanPage.objects.readable().of_the_day()[:MAKERS])
        portraits = (maker.artisan.portrait for maker in makers)
        festival = season(request).festival
        large = festival.picture if festival else None
        load_renditions([self.cover, large, *portraits, *(story.cover for story in stories)])
        pictures = [card.picture for card in featured if card.picture]
        return {
            "hero": {
                "title": self.hero_title,
                "text": self.hero_text,
                "cover": shown(self.cover, Use.COVER),
                "pictures": pictures[:HERO_PICTURES],
            },
            "festival": festival and festival_view(festival),
            "map": district_map(),
            "cards": featured,
            "stories": [story.card() for story in stories],
            "makers": [maker.card() for maker in makers],
        }

    def linked_data(self) -> list[dict[str, Any]]:
        """Return who the shop is, and how to search in it."""
        return [organization(), website()]

    def _featured(self) -> list[Card]:
        """Return what editors picked and is on sale; without picks, the shop's first ones."""
        picked = cards_of([pick.value for pick in self.picks if pick.value], on_sale=True)
        return picked or cards(Product.objects.live().order_by(*ORDER[Sort.FEATURED])[:FEATURED])
