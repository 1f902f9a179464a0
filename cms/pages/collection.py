"""Collections: things that belong together for a festival, an occasion, a colour or a purse."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.choosers import ProductChooserBlock
from cms.pages.base import PROSE, BasePage, IndexPage
from cms.pages.stories import RELATED, Occasion, StoryPage
from cms.pictures import load_renditions, shown
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Colour, Product
from storefront.catalogue.queries import Card, cards, cards_of
from storefront.catalogue.queries.filters import IS_FREE, ORDER, Sort
from storefront.media.rules import Use

MOST = 24


class CollectionPage(BasePage):
    """
    Products that editors chose one by one, and after them those that fit a rule.

    Of the rule only what is filled in counts; a rule without anything finds nothing.
    """

    intro = models.TextField(_("introduction"), max_length=300)
    body = RichTextField(_("words"), blank=True, features=PROSE)
    picks = StreamField(
        [("product", ProductChooserBlock(label=_("Product")))],
        verbose_name=_("chosen products"),
        max_num=MOST,
        blank=True,
    )
    occasion = models.CharField(
        _("occasion"),
        max_length=20,
        choices=Occasion,
        default=Occasion.NONE,
        help_text=_("Stories of the same occasion are shown below."),
    )
    craft = models.ForeignKey(
        Craft, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("craft")
    )
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("district"),
    )
    colour = models.ForeignKey(
        Colour, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("colour")
    )
    price_to = models.DecimalField(
        _("price up to, in rupees"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1))],
    )

    content_panels = (
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("cover"),
        FieldPanel("body"),
        FieldPanel("picks"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("craft", "district", "colour", "price_to")],
            heading=_("And everything that can be bought now of"),
        ),
        FieldPanel("occasion"),
    )

    search_fields = (*Page.search_fields, index.SearchField("intro"), index.SearchField("body"))

    parent_page_types = ("cms.CollectionIndexPage",)
    subpage_types = ()
    template = "pages/collection.html"
    address_name = "collection"

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def breadcrumbs(self) -> list[dict[str, str]]:
        """Return the way back to all collections."""
        return [
            {"title": gettext("Collections"), "url": reverse("collections")},
            {"title": self.title},
        ]

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the collection's words, its products and stories of its occasion."""
        stories = list(self._stories()[:RELATED])
        load_renditions([self.cover, *(story.cover for story in stories)])
        return {
            "collection": {
                "name": self.title,
                "intro": self.intro,
                "body": self.body,
                "picture": shown(self.cover, Use.COVER),
            },
            "cards": self.cards(),
            "stories": [story.card() for story in stories],
        }

    def cards(self) -> list[Card]:
        """Return the cards of what is on sale: the chosen ones first, then what fits the rule."""
        picked = dict.fromkeys(pick.value for pick in self.picks if pick.value)
        chosen = cards_of(picked, on_sale=True)
        rule = self._rule()
        if not rule or len(chosen) >= MOST:
            return chosen[:MOST]
        fitting = Product.objects.live().filter(rule, IS_FREE).exclude(pk__in=picked)
        found = cards(fitting.order_by(*ORDER[Sort.FEATURED])[: MOST - len(chosen)])
        # In an editor's preview they may be sold out by now.
        return chosen + [card for card in found if card.free > 0]

    def _rule(self) -> Q:
        wanted = {
            "craft": self.craft_id,
            "district": self.district_id,
            "colours": self.colour_id,
            "stockrecords__price__lte": self.price_to,
        }
        return Q(**{name: value for name, value in wanted.items() if value})

    def _stories(self) -> Any:
        stories = StoryPage.objects.readable().for_cards()
        if self.occasion == Occasion.NONE:
            return stories.none()
        return stories.filter(occasion=self.occasion)


class CollectionIndexPage(IndexPage):
    """All collections, by name."""

    parent_page_types = ("cms.HomePage",)
    subpage_types = ("cms.CollectionPage",)
    max_count_per_parent = 1
    template = "pages/collection_index.html"
    address_name = "collections"

    class Meta:
        verbose_name = _("list of collections")

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the collections with their pictures."""
        pages = CollectionPage.objects.readable().select_related("cover").order_by("title", "pk")
        found = list(pages)
        load_renditions(page.cover for page in found)
        return {
            "head": self.head(),
            "collections": [
                {
                    "title": page.title,
                    "url": reverse("collection", args=[page.slug]),
                    "summary": page.intro,
                    "picture": shown(page.cover, Use.COVER),
                }
                for page in found
            ],
        }
