"""All consents in one list, and the rooms behind it."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from storefront.consent.models import STATES, Agreement
from storefront.consent.rules import State
from storefront.consent.views.adding import AddView
from storefront.consent.views.choosing import person_chooser
from storefront.consent.views.person import PersonView, WithdrawView
from storefront.consent.views.rooms import paper
from storefront.core.clock import today

SOON = "soon"
DAY = "j M Y"


class AgreementFilters(WagtailFilterSet):
    """What narrows the list down: who, which use, in which state, and what ends soon."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[(SOON, _("ends within thirty days")), *((s.value, STATES[s]) for s in State)],
    )

    class Meta:
        model = Agreement
        fields = ("use",)

    def in_state(self, found: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Return those in a state today."""
        rows = Agreement.objects.filter(pk__in=found.values("pk"))
        kept = rows.ending(on=today()) if value == SOON else rows.in_state(State(value), on=today())
        return found.filter(pk__in=kept.values("pk"))


def _state(row: Agreement) -> str:
    return row.state_text(on=today())


def _first(row: Agreement) -> str:
    return date_format(row.from_on, DAY)


def _last(row: Agreement) -> str:
    return date_format(row.until_on, DAY) if row.until_on else ""


def _person(row: Agreement) -> str:
    return reverse("consents:person", args=[row.person_id])


class AgreementsView(generic.IndexView):
    """The list: rows are read, never changed."""

    default_ordering = ("-recorded_at", "-pk")

    def get_base_queryset(self) -> QuerySet[Agreement]:
        """Return the rows with what the columns show."""
        rows: QuerySet[Agreement] = super().get_base_queryset()
        return rows.select_related("person", "withdrawal", "recorded_by")

    def get_edit_url(self, instance: Agreement) -> None:
        """Offer no form for what is written."""

    def get_delete_url(self, instance: Agreement) -> None:
        """Offer no way to delete it."""

    def get_usage_url(self, instance: Agreement) -> None:
        """Offer no list of uses: whoever is shown where stands with the person."""


class AgreementViewSet(ModelViewSet):
    """The consent ledger."""

    model = Agreement
    name = url_prefix = "consents"
    icon = "user"
    menu_label = _("Consents")
    menu_order = 92
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = AgreementsView
    filterset_class = AgreementFilters
    search_fields = ("person__name_en", "person__name_hi")
    # No form is made of the model: rows are written by the service alone.
    form_fields = ("person",)
    list_display = (
        TitleColumn("person", label=_("Person"), accessor="person", get_url=_person),
        Column("use", label=_("May show"), accessor="get_use_display"),
        Column("languages", label=_("In"), accessor="languages_text"),
        Column("from_on", label=_("From"), accessor=_first, sort_key="from_on"),
        Column("until_on", label=_("Until"), accessor=_last, sort_key="until_on"),
        Column("state", label=_("State"), accessor=_state),
        Column("recorded_by", label=_("Recorded by"), accessor="recorded_by"),
        DateColumn("recorded_at", label=_("Recorded"), sort_key="recorded_at"),
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the rooms: the list, a new row, a person's history, and withdrawing."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("add/", self._room(AddView), name="add"),
            path("person/<int:person_id>/", self._room(PersonView), name="person"),
            path("person/<int:person_id>/withdraw/", self._room(WithdrawView), name="withdraw"),
            path("paper/<int:paper_id>/", paper, name="paper"),
        ]

    def register_admin_url_finder(self) -> None:
        """Register none: nothing has a form to be changed in."""

    def _room(self, view: Any) -> Any:
        return view.as_view(model=self.model, header_icon=self.icon)


VIEWSETS = (person_chooser, AgreementViewSet())
