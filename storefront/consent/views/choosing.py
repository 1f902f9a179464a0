"""Choosing people: for a story, and for a consent."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from storefront.consent.forms import PersonForm
from storefront.consent.models import Person
from storefront.core.choosing import ByName


class _People:
    """People with where they are from."""

    filter_form_class = ByName

    @property
    def columns(self) -> list[Column]:
        first, *rest = super().columns  # type: ignore[misc]  # a mixin: the next class has it
        return [
            first,
            *rest,
            Column("district", label=_("District"), accessor="district"),
            Column("craft", label=_("Craft"), accessor="artisan.craft"),
        ]

    def get_object_list(self) -> QuerySet[Person]:
        """Return everybody in the ledger, by name."""
        people = Person.objects.select_related("district", "artisan__craft")
        return people.order_by("name_en", "pk")


class ChoosePersonView(_People, ChooseView):
    """The whole chooser."""


class ChoosePersonResultsView(_People, ChooseResultsView):
    """The chooser's list after a search."""


class PersonChooserViewSet(ChooserViewSet):
    """Everybody in the ledger, to choose from; who is not there is taken in."""

    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    per_page = 20
    choose_view_class = ChoosePersonView
    choose_results_view_class = ChoosePersonResultsView
    creation_form_class = PersonForm
    creation_tab_label = _("Somebody new")
    create_action_label = _("Take in")


person_chooser = PersonChooserViewSet("person_chooser", url_prefix="person-chooser")
