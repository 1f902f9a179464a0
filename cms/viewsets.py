"""The editors' own lists: all stories, who writes about which district, what searches need."""

from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.correspondents import Correspondent
from cms.festivals import Festival
from cms.pages.base import BasePage
from cms.pages.stories import StoryPage
from cms.saving import StoryCreateView, StoryEditView, WatchfulEditView
from cms.tag_viewset import TagViewSet
from storefront.accounts.models import User
from storefront.atlas.models import UnservedPin
from storefront.catalogue.models import Colour, GiRight, Material
from storefront.search.models import Miss, Synonyms


class StoryViewSet(PageViewSet):
    """How one story is written and saved."""

    model = StoryPage
    add_view_class = StoryCreateView
    edit_view_class = StoryEditView


def page_viewsets() -> list[PageViewSet]:
    """Return how every other kind of page is changed: nobody writes over others unknowingly."""
    kinds = [each for each in apps.get_app_config("cms").get_models() if issubclass(each, BasePage)]
    return [
        PageViewSet(kind.__name__.lower(), model=kind, edit_view_class=WatchfulEditView)
        for kind in kinds
        if kind is not StoryPage
    ]


class StoryFilters(PageFilterSet):
    """What narrows the list of stories down."""

    class Meta:
        model = StoryPage
        fields = ("district", "craft", "occasion", "live")


class StoriesView(IndexView):
    """Wagtail's list of pages, with all districts in one query."""

    def annotate_queryset(self, pages: Any) -> Any:
        """Bring along what the columns show."""
        return super().annotate_queryset(pages).prefetch_related("district")


class StoriesViewSet(PageListingViewSet):
    """All stories in both languages, wherever they stand in the tree."""

    model = StoryPage
    name = url_prefix = "stories"
    icon = "doc-full-inverse"
    menu_label = _("Stories")
    menu_order = 90
    add_to_admin_menu = True
    index_view_class = StoriesView
    filterset_class = StoryFilters
    columns = (
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        Column("district", label=_("District"), accessor="district"),
        DateColumn(
            "latest_revision_created_at",
            label=_("Changed"),
            sort_key="latest_revision_created_at",
            width="12%",
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    )


class OwnList(ModelViewSet):
    """A list of the editors' own, with its place in the menu."""

    add_to_admin_menu = True
    copy_view_enabled = False


class CorrespondentViewSet(OwnList):
    """Who writes about which district; moderators say so."""

    model = Correspondent
    name = url_prefix = "correspondents"
    icon = "user"
    menu_label = _("Correspondents")
    menu_order = 800
    form_fields = ("user", "district")
    list_display = ("user", "district")


class FestivalViewSet(OwnList):
    """When the shop wears which skin, and what its home page then says."""

    model = Festival
    name = url_prefix = "festivals"
    icon = "date"
    menu_label = _("Festivals")
    menu_order = 95
    form_fields = (
        *("name_en", "name_hi", "first_day", "last_day", "skin"),
        *("picture", "text_en", "text_hi", "words"),
    )
    ordering = ("-first_day",)
    list_display = (
        "name_en",
        "name_hi",
        DateColumn("first_day", label=_("First day"), sort_key="first_day"),
        DateColumn("last_day", label=_("Last day"), sort_key="last_day"),
    )


class NewSynonymsView(generic.CreateView):
    """The form for words that mean the same, begun with what somebody did not find."""

    def get_initial(self) -> dict[str, Any]:
        """Return the words of the address, so that the editor only adds what they mean."""
        words = self.request.GET.get("words", "")[:100]
        return {**super().get_initial(), "words": f"{words}, " if words else ""}


class SearchWords(OwnList):
    """Words about the search: pages never refer to them."""

    add_to_reference_index = False
    form_fields = search_fields = ("words",)


class SynonymsViewSet(SearchWords):
    """Words that mean the same to somebody who searches."""

    model = Synonyms
    name = url_prefix = "synonyms"
    icon = "link"
    menu_label = _("Synonyms")
    menu_order = 810
    add_view_class = NewSynonymsView
    list_display = ("words",)


def _made_synonym(miss: Miss) -> str:
    return f"{reverse('synonyms:add')}?{urlencode({'words': miss.words})}"


class NeverByHand(ModelPermissionPolicy):
    """Who may do what with things that the shop writes: nobody adds or changes one."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Return what the person's permissions say, except that the owner is bound too."""
        return action not in {"add", "change"} and bool(super().user_has_permission(user, action))


register_permission_policy(Miss, NeverByHand(Miss), exact_class=True)


class MissesView(generic.IndexView):
    """What nobody found: read, made a synonym of, or deleted; never written by hand."""

    default_ordering = ("-times", "-last_at")

    def get_add_url(self) -> None:
        """Offer no form: the search box writes these."""

    def get_edit_url(self, instance: Miss) -> None:
        """Offer no form for one of them either."""


class MissesViewSet(SearchWords):
    """Searches without a result, those met most first."""

    model = Miss
    name = url_prefix = "misses"
    icon = "search"
    menu_label = _("Not found")
    menu_order = 820
    index_view_class = MissesView
    list_display = (
        "words",
        Column("times", label=_("How often"), sort_key="times"),
        DateColumn("last_at", label=_("Last time"), sort_key="last_at"),
        TitleColumn(
            "synonym",
            label=_("Mend"),
            accessor=lambda miss: _("Make a synonym"),
            get_url=_made_synonym,
        ),
    )


class FacetWords(OwnList):
    """Words to choose products by; no page refers to them."""

    add_to_reference_index = False
    form_fields = ("name_en", "name_hi", "slug")
    list_display = ("name_en", "name_hi")


class ColourViewSet(FacetWords):
    """The colours that products are chosen by."""

    model = Colour
    name = url_prefix = "colours"
    icon = "pick"
    menu_label = _("Colours")
    menu_order = 830


class MaterialViewSet(FacetWords):
    """The materials that products are chosen by."""

    model = Material
    name = url_prefix = "materials"
    icon = "pick"
    menu_label = _("Materials")
    menu_order = 840


class GiRightViewSet(OwnList):
    """Whose papers for a GI name were seen; at the dashboard a product is sold under one."""

    model = GiRight
    name = url_prefix = "gi-rights"
    icon = "tick-inverse"
    menu_label = _("GI names")
    menu_order = 850
    add_to_reference_index = False
    form_fields = ("name_en", "name_hi", "holder", "number", "checked_on")
    list_display = ("name_en", "holder", "number", "checked_on")


class UnservedPinViewSet(OwnList):
    """Where no parcel goes, from when till when, and why."""

    model = UnservedPin
    name = url_prefix = "unserved-pins"
    icon = "site"
    menu_label = _("Not served")
    menu_order = 860
    add_to_reference_index = False
    form_fields = ("prefix", "reason_en", "reason_hi", "first_day", "last_day")
    ordering = ("prefix", "first_day")
    list_display = (
        "prefix",
        "reason_en",
        DateColumn("first_day", label=_("First day"), sort_key="first_day"),
        DateColumn("last_day", label=_("Last day"), sort_key="last_day"),
    )


VIEWSETS = (
    StoryViewSet("story"),
    *page_viewsets(),
    StoriesViewSet(),
    TagViewSet(),
    CorrespondentViewSet(),
    FestivalViewSet(),
    SynonymsViewSet(),
    MissesViewSet(),
    ColourViewSet(),
    MaterialViewSet(),
    GiRightViewSet(),
    UnservedPinViewSet(),
)
