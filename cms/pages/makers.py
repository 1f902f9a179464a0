"""The makers: who they are, what they make."""

from typing import Any, Self

from django.core.paginator import Paginator
from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import MD5, Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index

from cms.linked_data import person
from cms.pages.base import PROSE, IndexPage, PagesQuerySet, SubjectPage, paragraphs
from cms.pages.stories import RELATED, StoryPage
from cms.paging import neighbours
from cms.pictures import load_renditions, shown
from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries import MakerCard, cards
from storefront.core.clock import today
from storefront.media.queries import PictureView
from storefront.media.rules import Use

PER_PAGE = 24
PRODUCTS = 12


class ArtisanPageQuerySet(PagesQuerySet):
    """Makers' pages."""

    def for_cards(self) -> Self:
        """Return the pages with what a card shows, by name."""
        makers = self.select_related("artisan__portrait", "artisan__craft")
        by_name: Self = makers.order_by("title", "pk")
        return by_name

    def of_the_day(self) -> Self:
        """Return the pages in an order that is another one each day."""
        seed = Concat(F("slug"), Value(today().isoformat()), output_field=CharField())
        shuffled: Self = self.for_cards().order_by(MD5(seed), "pk")
        return shuffled


class ArtisanPage(SubjectPage):
    """The words about one maker."""

    artisan = models.ForeignKey(Artisan, models.PROTECT, related_name="+")
    body = RichTextField(
        _("words"),
        blank=True,
        features=PROSE,
        help_text=_("Left empty, the short text about the maker is shown."),
    )

    content_panels = (*SubjectPage.content_panels, FieldPanel("artisan"), FieldPanel("body"))

    search_fields = (*Page.search_fields, index.SearchField("body"))

    objects = PageManager.from_queryset(ArtisanPageQuerySet)()
    parent_page_types = ("cms.ArtisanIndexPage",)
    subpage_types = ()
    template = "pages/maker.html"
    address_name = "maker"
    subject = "artisan"
    picture_field = "artisan__portrait"
    reads = ("artisan__portrait", "artisan__craft", "artisan__district")

    class Meta:
        verbose_name = _("maker's page")
        verbose_name_plural = _("makers' pages")

    def breadcrumbs(self) -> list[dict[str, str]]:
        """Return the way back to all makers."""
        return [{"title": gettext("Makers"), "url": reverse("makers")}, {"title": self.title}]

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the maker, what is on sale and what was written nearby."""
        artisan = self.artisan
        mine = Product.objects.live().filter(artisan=artisan).order_by("-date_created", "-pk")
        near = StoryPage.objects.readable().near(
            district=artisan.district, crafts=[artisan.craft_id]
        )
        stories = list(near[:RELATED])
        load_renditions([artisan.portrait, *(story.cover for story in stories)])
        return {
            "maker": {
                "name": self.title,
                "craft_name": artisan.craft.name,
                "craft_url": reverse("craft", args=[artisan.craft.slug]),
                "district_name": artisan.district.name,
                "district_url": reverse("district", args=[artisan.district.slug]),
                "town": artisan.town,
                "bio": artisan.bio,
                "body": self.words(),
                "picture": shown(artisan.portrait, Use.COVER),
                "is_demo": artisan.is_demonstration,
            },
            "cards": cards(mine[:PRODUCTS]),
            "stories": [story.card() for story in stories],
        }

    def told(self) -> str:
        """Return who the maker is."""
        maker, written = self.artisan, self.search_description
        return written or maker.bio or f"{maker.craft.name}, {maker.district.name}"

    def face(self) -> PictureView | None:
        """Return the maker's portrait."""
        return shown(self.artisan.portrait, Use.COVER)

    def linked_data(self) -> list[dict[str, Any]]:
        """Return the maker as a person."""
        return person(self)

    def words(self) -> str:
        """Return the page's own words, or the short text about the maker."""
        return self.body or paragraphs(self.artisan.bio)

    def card(self) -> MakerCard:
        """Return the maker for a list; see `for_cards` and `load_renditions`."""
        return MakerCard(
            name=self.title,
            url=reverse("maker", args=[self.slug]),
            picture=shown(self.artisan.portrait, Use.CARD),
            craft_name=self.artisan.craft.name,
            town=self.artisan.town,
        )


class ArtisanIndexPage(IndexPage):
    """All makers, by name."""

    parent_page_types = ("cms.HomePage",)
    subpage_types = ("cms.ArtisanPage",)
    max_count_per_parent = 1
    template = "pages/maker_index.html"
    address_name = "makers"

    class Meta:
        verbose_name = _("list of makers")

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return one page of the list."""
        makers = ArtisanPage.objects.readable().for_cards()
        here = Paginator(makers, PER_PAGE).get_page(request.GET.get("page"))
        found = list(here.object_list)
        load_renditions(maker.artisan.portrait for maker in found)
        return {
            "head": self.head(),
            "makers": [maker.card() for maker in found],
            "pages": neighbours(here),
        }
