"""Choosing a maker or a seller for a page: what editors see and search."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.choosers.numbers import NumberChooserBlock
from storefront.catalogue.models import Artisan
from storefront.core.choosing import ByName
from storefront.partner.models import Partner


class _PersonColumns:
    ordering = ("name", "pk")
    filter_form_class = ByName

    @property
    def columns(self) -> list[Column]:
        """Return what tells one person from another of the same name."""
        return [
            *super().columns,  # type: ignore[misc]  # a mixin: the next class has it
            Column("town", label=_("Town"), accessor="town"),
            Column("district", label=_("District"), accessor="district"),
        ]


class PersonChooseView(_PersonColumns, ChooseView):
    """The whole chooser."""


class PersonChooseResultsView(_PersonColumns, ChooseResultsView):
    """The chooser's list after a search."""


class PersonChooserViewSet(ChooserViewSet):
    """People of the shop, to choose from."""

    per_page = 20
    base_block_class = NumberChooserBlock
    # Elsewhere forms keep their plain lists.
    register_widget = False
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView

    def get_object_list(self) -> QuerySet[Any]:
        """Return them with their districts."""
        people: QuerySet[Any] = self.model.objects.select_related("district")
        return people


class MakerChooserViewSet(PersonChooserViewSet):
    """The makers who may be named; of the others the shop has no name to choose by."""

    model = Artisan
    icon = "user"
    choose_one_text = _("Choose a maker")
    choose_another_text = _("Choose another maker")

    def get_object_list(self) -> QuerySet[Any]:
        """Return those who agreed to be named."""
        return super().get_object_list().filter(is_named=True)


class SellerChooserViewSet(PersonChooserViewSet):
    """The sellers."""

    model = Partner
    icon = "group"
    choose_one_text = _("Choose a seller")
    choose_another_text = _("Choose another seller")


maker_chooser_viewset = MakerChooserViewSet("maker_chooser", url_prefix="maker-chooser")
MakerChooserBlock = maker_chooser_viewset.get_block_class(
    name="MakerChooserBlock", module_path="cms.choosers"
)
seller_chooser_viewset = SellerChooserViewSet("seller_chooser", url_prefix="seller-chooser")
SellerChooserBlock = seller_chooser_viewset.get_block_class(
    name="SellerChooserBlock", module_path="cms.choosers"
)
