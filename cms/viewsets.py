"""The editors' own lists: all stories, and who writes about which district."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from cms.correspondents import Correspondent
from cms.pages.stories import StoryPage
from cms.saving import StoryCreateView, StoryEditView


class StoryViewSet(PageViewSet):
    """How one story is written and saved."""

    model = StoryPage
    add_view_class = StoryCreateView
    edit_view_class = StoryEditView


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


class CorrespondentViewSet(ModelViewSet):
    """Who writes about which district; moderators say so."""

    model = Correspondent
    name = url_prefix = "correspondents"
    icon = "user"
    menu_label = _("Correspondents")
    menu_order = 800
    add_to_admin_menu = True
    copy_view_enabled = False
    form_fields = ("user", "district")
    list_display = ("user", "district")


VIEWSETS = (
    StoryViewSet("story"),
    StoriesViewSet(),
    CorrespondentViewSet(),
)
