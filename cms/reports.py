"""What stories move, for those who write them: a table, two plots, a panel beside the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.office import OfficePage
from cms.pages.stories import StoryPage
from cms.reads import Reach, reach_of, reads_by_day
from storefront.core.clock import today
from storefront.core.money import grouped

MONTH = 30
PERIODS = {"30": _("30 days"), "90": _("90 days"), "365": _("A year"), "": _("Since the beginning")}
BEST = 5
ORDERS = {
    "rupees": lambda row: row.reach.rupees,
    "pieces": lambda row: row.reach.pieces,
    "reads": lambda row: row.reach.reads,
    "first_rupees": lambda row: row.reach.first_rupees,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A story in the report, in whichever language it was written first."""

    title: str
    district: str
    url: str
    reach: Reach

    @property
    def rupees_text(self) -> str:
        """Rupees of what was sold out of it."""
        return grouped(self.reach.rupees)

    @property
    def first_rupees_text(self) -> str:
        """Rupees of what was sold to those who came by it first."""
        return grouped(self.reach.first_rupees)


def rows(*, days: int | None, by: str = "rupees") -> list[Row]:
    """Return all stories of the last so many days, or of all time, best first; six queries."""
    since = today() - timedelta(days=days) if days else None
    known = reach_of(since=since)
    found = [
        Row(
            title=story.title,
            district=story.district.name,
            url=reverse("wagtailadmin_pages:edit", args=[story.pk]),
            reach=known.get(key, Reach()),
        )
        for key, story in _stories().items()
    ]
    return sorted(found, key=lambda row: (-ORDERS[by](row), row.title))


def _stories() -> dict[UUID, StoryPage]:
    """Return each story once, drafts too, in the language it was written in first."""
    written = StoryPage.objects.filter(alias_of=None).select_related("district").defer("body")
    found: dict[UUID, StoryPage] = {}
    for story in written.order_by("locale_id", "pk"):
        found.setdefault(story.translation_key, story)
    return found


class StoriesReport(SpreadsheetExportMixin, OfficePage, View):
    """All stories with reads, pieces and rupees, as a table, as plots and as a spreadsheet."""

    page_title = _("What stories move")
    header_icon = "doc-full-inverse"
    template_name = "cms/admin/stories_report.html"
    export_filename = "stories"
    list_export = (
        "title",
        "district",
        "reach.reads",
        "reach.pieces",
        "reach.rupees",
        "reach.first_pieces",
        "reach.first_rupees",
    )
    export_headings = {
        "title": _("Story"),
        "district": _("District"),
        "reach.reads": _("Reads"),
        "reach.pieces": _("Pieces"),
        "reach.rupees": _("Rupees"),
        "reach.first_pieces": _("Pieces, first story"),
        "reach.first_rupees": _("Rupees, first story"),
    }

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the report; what makes no sense in the address is left out."""
        period = request.GET.get("days", str(MONTH))
        period = period if period in PERIODS else str(MONTH)
        by = request.GET.get("by", "rupees")
        by = by if by in ORDERS else "rupees"
        found = rows(days=int(period) if period else None, by=by)
        answer: HttpResponse = (
            self.as_spreadsheet(found, request.GET.get("export"))
            if self.is_export
            else self.render_to_response(self.get_context_data(rows=found, period=period, by=by))
        )
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the plots: reads of a month by day, and who sold most."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "periods": [
                {"value": value, "label": label, "is_chosen": value == context["period"]}
                for value, label in PERIODS.items()
            ],
            "reads": bars(_month()),
            "best": _best(context["rows"]),
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot; `share` in per cent of the highest."""

    label: str
    text: str
    share: int


def bars(counts: Sequence[tuple[date, int]]) -> list[Bar]:
    """Return days as bars."""
    most = max((count for _day, count in counts), default=0) or 1
    return [
        Bar(date_format(day, "j F"), str(count), round(100 * count / most)) for day, count in counts
    ]


def _month() -> list[tuple[date, int]]:
    last = today()
    days = [last - timedelta(days=back) for back in range(MONTH - 1, -1, -1)]
    known = reads_by_day(since=days[0])
    return [(day, known.get(day, 0)) for day in days]


def _best(found: Sequence[Row]) -> list[Bar]:
    """Return the stories that sold most as bars; those that sold nothing are none."""
    first = sorted(found, key=ORDERS["rupees"], reverse=True)[:BEST]
    sold = [row for row in first if row.reach.rupees > 0]
    most = sold[0].reach.rupees if sold else 1
    return [Bar(row.title, row.rupees_text, round(100 * row.reach.rupees / most)) for row in sold]


class ReachPanel(BaseSidePanel):
    """Beside a story's form: what it moved in a month and since the beginning."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that opens it."""

        aria_label = _("What this story moves")
        icon_name = "success"
        has_counter = False

    name = "reach"
    title = _("What this story moves")
    template_name = "cms/admin/reach_panel.html"
    order = 400

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the figures; ten queries, therefore only asked for a page, not for each save."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        key = self.object.translation_key
        month = today() - timedelta(days=MONTH)
        periods = ((_("In 30 days"), month), (_("Since the beginning"), None))
        return context | {
            "spans": [
                {"label": label, "reach": reach, "rupees_text": grouped(reach.rupees)}
                for label, since in periods
                for reach in [reach_of(key, since=since)[key]]
            ],
            "report_url": reverse("stories-report"),
        }


class BestSellers(Component):
    """On the editors' front page: which stories sold most in a month."""

    template_name = "cms/admin/best_sellers.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the best, as bars."""
        return {"best": _best(rows(days=MONTH)), "report_url": reverse("stories-report")}
