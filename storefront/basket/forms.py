"""What a buyer says about quantities, also with Devanagari digits."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from storefront.atlas.rules import fold_digits
from storefront.basket.rules import MOST_OF_ONE
from storefront.core.references import uuid_of

_WHOLE = _("Please give a whole number.")
# What the basket itself says, should anybody come past the form.
WORDS = {
    "invalid": _WHOLE,
    "required": _WHOLE,
    "min_value": _("Please ask for at least one."),
    "max_value": _("At most %(limit_value)s of one thing fit into a basket."),
}


class CountField(forms.IntegerField):
    """A whole number of pieces, in Latin or Devanagari digits."""

    def to_python(self, value: Any) -> int | None:
        """Return the number, its digits folded."""
        return super().to_python(fold_digits(value) if isinstance(value, str) else value)


class AddForm(forms.Form):
    """Which product, and how many."""

    product_id = forms.IntegerField(min_value=1, max_value=2**62)
    quantity = CountField(min_value=1, max_value=MOST_OF_ONE, error_messages=WORDS)
    # The key of the story it is bought out of. What is no key is no reason not to sell.
    story = forms.CharField(required=False)

    def clean_story(self) -> UUID | None:
        """Return the key, if it is one."""
        return uuid_of(self.cleaned_data["story"])


class QuantityForm(forms.Form):
    """How many; nothing given means none."""

    quantity = CountField(min_value=0, max_value=MOST_OF_ONE, required=False, error_messages=WORDS)

    def clean_quantity(self) -> int:
        """Return the number; an empty box is none."""
        return self.cleaned_data["quantity"] or 0


class VoucherForm(forms.Form):
    """The code of a voucher."""

    code = forms.CharField(
        max_length=128, error_messages={"required": _("Please type the code of your voucher.")}
    )
