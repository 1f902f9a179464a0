"""The product's form at the dashboard."""

from typing import Any

from django.forms import CheckboxSelectMultiple
from oscar.apps.dashboard.catalogue.forms import ProductForm as OscarProductForm

from storefront.catalogue.models.product import PACKED
from storefront.catalogue.rules import ONE_PIECE, may_say
from storefront.catalogue.services import ContentUntold


class ProductForm(OscarProductForm):
    """Oscar's form, how much is in it, what it is chosen by; the GI name only staff may give."""

    class Meta(OscarProductForm.Meta):
        fields = [
            *OscarProductForm.Meta.fields,
            "net_amount",
            "net_unit",
            *PACKED,
            "made_of",
            "colours",
            "gi_right",
        ]
        widgets = OscarProductForm.Meta.widgets | {
            "made_of": CheckboxSelectMultiple(),
            "colours": CheckboxSelectMultiple(),
        }

    def clean(self) -> dict[str, Any] | None:
        """Refuse “one piece” where the law wants to know how much is in it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_untold = cleaned.get("net_amount", 0) is None
        if is_untold and not may_say(ONE_PIECE, family=self.instance.family):
            self.add_error("net_amount", str(ContentUntold()))
        return cleaned
