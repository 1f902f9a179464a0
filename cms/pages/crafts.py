"""The crafts: how each is made, where, by whom."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.families import grouped_by_family
from cms.pages.base import PROSE, IndexPage, SubjectPage
from cms.pages.makers import ArtisanPage
from cms.pages.stories import RELATED, StoryPage
from cms.pictures import load_renditions, shown
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Product
from storefront.catalogue.queries import cards
from storefront.catalogue.queries.filters import Group
from storefront.catalogue.queries.tally import whole_shop
from storefront.media.rules import Use

PRODUCTS = 12
MAKERS = 4


class CraftPage(SubjectPage):
    """The words about one craft."""

    craft = models.ForeignKey(Craft, models.PROTECT, related_name="+")
    intro = models.TextField(_("introduction"), max_length=300)
    body = RichTextField(_("words"), blank=True, features=PROSE)

    content_panels = (
        *SubjectPage.content_panels,
        FieldPanel("craft"),
        FieldPanel("intro"),
        FieldPanel("cover"),
        FieldPanel("body"),
    )

    search_fields = (*Page.search_fields, index.SearchField("intro"), index.SearchField("body"))

    parent_page_types = ("cms.CraftIndexPage",)
    subpage_types = ()
    template = "pages/craft.html"
    address_name = "craft"
    subject = "craft"
    reads = ("craft",)

    class Meta:
        verbose_name = _("craft page")
        verbose_name_plural = _("craft pages")

    def breadcrumbs(self) -> list[dict[str, str]]:
        """Return the way back to all crafts."""
        return [{"title": gettext("Crafts"), "url": reverse("crafts")}, {"title": self.title}]

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the craft, its districts, products, makers and stories."""
        here = Product.objects.live().filter(craft=self.craft)
        districts = District.objects.filter(pk__in=here.values("district_id")).order_by(
            "name", "pk"
        )
        makers = list(
            ArtisanPage.objects.readable().for_cards().filter(artisan__craft=self.craft)[:MAKERS]
        )
        stories = list(StoryPage.objects.readable().filter(craft=self.craft).for_cards()[:RELATED])
        portraits = (maker.artisan.portrait for maker in makers)
        load_renditions([self.cover, *portraits, *(story.cover for story in stories)])
        return {
            "craft": {
                "name": self.title,
                "intro": self.intro,
                "body": self.body,
                "picture": shown(self.cover, Use.COVER),
                "districts": [
                    {"name": place.name, "url": reverse("district", args=[place.slug])}
                    for place in districts
                ],
                "shop_url": f"{reverse('shop')}?craft={self.craft.slug}",
            },
            "cards": cards(here.order_by("-date_created", "-pk")[:PRODUCTS]),
            "makers": [maker.card() for maker in makers],
            "stories": [story.card() for story in stories],
        }


class CraftIndexPage(IndexPage):
    """All crafts, by family."""

    parent_page_types = ("cms.HomePage",)
    subpage_types = ("cms.CraftPage",)
    max_count_per_parent = 1
    template = "pages/craft_index.html"
    address_name = "crafts"

    class Meta:
        verbose_name = _("list of crafts")

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the crafts that have a page, with how many things are on sale."""
        pages = CraftPage.objects.readable().select_related("craft")
        on_sale = whole_shop()
        found = pages.order_by("title", "pk")
        entries = [
            (
                page.craft.family,
                {
                    "name": page.title,
                    "url": reverse("craft", args=[page.slug]),
                    "text": page.intro,
                    "count": on_sale.number(Group.CRAFT, page.craft.slug),
                },
            )
            for page in found
        ]
        return {"head": self.head(), "groups": grouped_by_family(entries)}
