"""Stories from the workshops, with the things they are about to buy."""

from typing import Any, Self

from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import StoryBlocks
from cms.blocks.shelf import stocked
from cms.cards import StoryCard
from cms.correspondents import StoryListPermissions, StoryPermissions
from cms.linked_data import article
from cms.pages.base import BasePage, IndexPage, PagesQuerySet
from cms.pages.story_forms import StoryCopyForm, StoryForm
from cms.paging import neighbours
from cms.pictures import load_renditions, shown
from cms.tags import Tag, tag_links, tag_rows, tags_in
from storefront.accounts.models import User
from storefront.atlas.models import Craft, District
from storefront.media.rules import Use

PER_PAGE = 12
RELATED = 3


class Occasion(models.TextChoices):
    """The festival or feast a story suits."""

    NONE = "none", _("none")
    WEDDING = "wedding", _("wedding")
    DEEPAVALI = "deepavali", _("Deepavali")
    HOLI = "holi", _("Holi")
    EID = "eid", _("Eid")
    SANKRANTI = "sankranti", _("Makar Sankranti")
    TEEJ = "teej", _("Teej")


class StoryQuerySet(PagesQuerySet):
    """Stories, newest first."""

    def for_cards(self) -> Self:
        """Return the stories with what a card shows and without their bodies, newest first."""
        stories = self.select_related("cover", "district", "locale").defer("body")
        newest_first: Self = stories.order_by("-first_published_at", "-pk")
        return newest_first

    def with_languages(self) -> Self:
        """Bring along the stories' tags, too, as `tag_rows`."""
        stories: Self = super().with_languages().annotate(tag_rows=tag_rows())
        return stories

    def near(self, *, district: District, crafts: list[int]) -> Self:
        """Return the stories of a district and of some crafts (by number), the district's first."""
        nearness = Case(
            When(district=district, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        stories: Self = self.filter(Q(district=district) | Q(craft__in=crafts))
        nearest: Self = stories.for_cards().order_by(nearness, "-first_published_at", "-pk")
        return nearest


class StoryPage(BasePage):
    """A story about a district's craft, with products in it."""

    lead = models.TextField(_("lead"), max_length=400)
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    craft = models.ForeignKey(Craft, models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(
        _("occasion"), max_length=20, choices=Occasion, default=Occasion.NONE
    )
    read_minutes = models.PositiveSmallIntegerField(
        _("minutes to read"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    tags = ParentalManyToManyField(
        Tag,
        blank=True,
        related_name="stories",
        verbose_name=_("tags"),
        help_text=_("What else such stories are about. Moderators keep the list."),
    )
    body = StreamField(StoryBlocks(), verbose_name=_("story"), blank=True)

    content_panels = (
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("cover"),
        MultiFieldPanel(
            [
                FieldPanel("district", heading=_("District")),
                FieldPanel("craft", heading=_("Craft")),
                FieldPanel("occasion"),
                FieldPanel("read_minutes"),
                FieldPanel("tags", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("What it is about"),
        ),
        FieldPanel("body"),
        MultipleChooserPanel(
            "people",
            chooser_field_name="person",
            heading=_("People"),
            label=_("person"),
            help_text=_("Everybody the story tells of. Each must have agreed to it."),
        ),
    )

    search_fields = (
        *Page.search_fields,
        index.SearchField("lead", boost=2),
        index.SearchField("body"),
        index.RelatedFields(
            "district", [index.SearchField("name_en"), index.SearchField("name_hi")]
        ),
        index.FilterField("district_id"),
        index.FilterField("craft_id"),
    )

    objects = PageManager.from_queryset(StoryQuerySet)()
    base_form_class = StoryForm
    copy_form_class = StoryCopyForm
    # A translation has the tags of its original.
    override_translatable_fields = (
        *BasePage.override_translatable_fields,
        SynchronizedField("tags", overridable=False),
    )
    parent_page_types = ("cms.StoryIndexPage",)
    subpage_types = ()
    template = "pages/story.html"
    address_name = "story"
    reads = ("district", "craft")

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def permissions_for_user(self, user: User) -> StoryPermissions:
        """Return what somebody may do with this story."""
        return StoryPermissions(user, self)

    def breadcrumbs(self) -> list[dict[str, str]]:
        """Return the way back to all stories."""
        return [{"title": gettext("Stories"), "url": reverse("stories")}, {"title": self.title}]

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return the story and what else to read."""
        nearby = StoryPage.objects.readable().exclude(pk=self.pk)
        related = nearby.near(
            district=self.district, crafts=[self.craft_id] if self.craft_id else []
        )
        stories = list(related[:RELATED])
        shelf = stocked(self.body)
        load_renditions([self.cover, *shelf.pictures, *(story.cover for story in stories)])
        return {
            "shelf": shelf,
            "story": {
                "title": self.title,
                "summary": self.lead,
                "picture": shown(self.cover, Use.COVER),
                "district_name": self.district.name,
                "district_url": reverse("district", args=[self.district.slug]),
                "craft_name": self.craft.name if self.craft else "",
                "craft_url": reverse("craft", args=[self.craft.slug]) if self.craft else "",
                "date_text": self.date_text,
                "minutes_text": self.minutes_text,
                # A draft that is looked at is not read.
                "read_url": ""
                if getattr(request, "is_preview", False)
                else reverse("story-read", args=[self.slug]),
            },
            "stories": [story.card() for story in stories],
            "tags": tag_links(self.named_tags()),
        }

    def named_tags(self) -> list[Tag]:
        """Return the story's tags, or its draft's, by name; a query unless they came along."""
        rows = getattr(self, "tag_rows", None)
        tags = self.tags.all() if rows is None else [Tag(**row) for row in rows]
        return sorted(tags, key=lambda tag: tag.name)

    def linked_data(self) -> list[dict[str, Any]]:
        """Return the story as an article."""
        return [article(self)]

    @property
    def date_text(self) -> str:
        """Return the day of first publication, or nothing for a draft."""
        published = self.first_published_at
        return date_format(localtime(published), "j F Y") if published else ""

    @property
    def minutes_text(self) -> str:
        """Return how long the story takes to read."""
        return ngettext(
            "%(minutes)s minute to read", "%(minutes)s minutes to read", self.read_minutes
        ) % {"minutes": self.read_minutes}

    def card(self) -> StoryCard:
        """Return the story for a list; see `for_cards` and `load_renditions`."""
        return StoryCard(
            id=self.pk,
            title=self.title,
            url=self.address,
            summary=self.lead,
            picture=shown(self.cover, Use.COVER),
            district_name=self.district.name,
            date_text=self.date_text,
        )


class StoryIndexPage(IndexPage):
    """All stories, newest first."""

    parent_page_types = ("cms.HomePage",)
    subpage_types = ("cms.StoryPage",)
    max_count_per_parent = 1
    template = "pages/story_index.html"
    address_name = "stories"

    class Meta:
        verbose_name = _("list of stories")

    def permissions_for_user(self, user: User) -> StoryListPermissions:
        """Return what somebody may do with the list."""
        return StoryListPermissions(user, self)

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return one page of the list, and the tags of all stories."""
        stories = StoryPage.objects.readable()
        here = Paginator(stories.for_cards(), PER_PAGE).get_page(request.GET.get("page"))
        found = list(here.object_list)
        load_renditions(story.cover for story in found)
        return {
            "head": self.head(),
            "stories": [story.card() for story in found],
            "pages": neighbours(here),
            "tags": tag_links(tags_in(stories)),
            "feed_url": reverse("story-feed"),
        }


class StoryProduct(models.Model):
    """Which products a published story sells; a deleted product leaves an empty row."""

    story = models.ForeignKey(StoryPage, models.CASCADE, related_name="sold")
    product = models.ForeignKey("catalogue.Product", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("story", "product"), name="cms_product_once_a_story"),
        )

    def __str__(self) -> str:
        return f"{self.story_id} sells {self.product_id}"
