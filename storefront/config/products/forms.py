"""The product's form at the dashboard."""

from django.forms import CheckboxSelectMultiple
from oscar.apps.dashboard.catalogue.forms import ProductForm as OscarProductForm


class ProductForm(OscarProductForm):
    """Oscar's form, and what a product is chosen by; the GI name only staff may give."""

    class Meta(OscarProductForm.Meta):
        fields = [*OscarProductForm.Meta.fields, "made_of", "colours", "gi_right"]
        widgets = OscarProductForm.Meta.widgets | {
            "made_of": CheckboxSelectMultiple(),
            "colours": CheckboxSelectMultiple(),
        }
