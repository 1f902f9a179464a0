"""The desk's forms: handing over a parcel, and what a product is, costs and how many there are."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from storefront.catalogue.models import Colour, Material, Product
from storefront.catalogue.models.product import PACKED
from storefront.fulfilment.rules import LONGEST
from storefront.partner.models import StockRecord

MOST_PIECES = 100_000


class ShipForm(forms.Form):
    """Who carries the parcel, and the number to follow it by; fulfilment checks both."""

    carrier = forms.CharField(
        label=gettext_lazy("Carrier"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"list": "carriers", "autocomplete": "off"}),
    )
    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"),
        # Room for blanks, which are taken out.
        max_length=2 * LONGEST,
        help_text=gettext_lazy("It is printed on the carrier's receipt."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class DescribeForm(forms.Form):
    """What a product is made of and its colours: by these it is found in the shop."""

    made_of: Any = forms.ModelMultipleChoiceField(
        Material.objects.order_by("name"),
        label=gettext_lazy("Made of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    colours: Any = forms.ModelMultipleChoiceField(
        Colour.objects.order_by("name"),
        label=gettext_lazy("Colours"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class MeasureForm(forms.ModelForm[Product]):
    """How much is in a product, without its packing, and its size with it."""

    class Meta:
        model = Product
        fields = ("net_amount", "net_unit", *PACKED)
        widgets = dict.fromkeys(
            ("net_amount", *PACKED), forms.NumberInput(attrs={"inputmode": "decimal"})
        )


class RupeesField(forms.DecimalField):
    """An amount in rupees as people write it: ₹1,450."""

    def to_python(self, value: Any) -> Any:
        """Return the amount, whatever signs of money and grouping stand in it."""
        if isinstance(value, str):
            value = value.replace("₹", "").replace(",", "").replace(" ", "")
        return super().to_python(value)


class OfferForm(forms.Form):
    """How many pieces are free to sell and at what price; `version` is what the seller saw."""

    free = forms.IntegerField(
        label=gettext_lazy("Free to sell"),
        min_value=0,
        max_value=MOST_PIECES,
        help_text=gettext_lazy("Pieces you have, less those that orders are waiting for."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    price = RupeesField(
        label=gettext_lazy("Price in ₹, GST included"),
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, record: StockRecord, data: Any = None) -> None:
        self.record = record
        price = record.price.normalize() if record.price % 1 == 0 else record.price
        known = {"free": record.free, "price": f"{price:f}", "version": record.version}
        super().__init__(data, initial=known)

    def clean_free(self) -> int:
        """Return the number of pieces; there is no second one of its kind."""
        free: int = self.cleaned_data["free"]
        if self.record.product.is_one_of_a_kind and free + self.record.num_allocated > 1:
            raise forms.ValidationError(
                _("This product is one of a kind, so there can be one piece at most.")
            )
        return free

    def clean_price(self) -> Decimal:
        """Return whole rupees, or the price there was."""
        price: Decimal = self.cleaned_data["price"]
        if price % 1 and price != self.record.price:
            raise forms.ValidationError(_("Please give the price in whole rupees."))
        return price
