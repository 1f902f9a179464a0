"""What staff write of the terms of payment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from storefront.payment.models import PaymentTerms

MOST_PERCENT = 50


class TermsForm(forms.ModelForm[PaymentTerms]):
    """The terms of payment from a day on; saved by a service, not by the form."""

    class Meta:
        model = PaymentTerms
        fields = (
            "valid_from",
            "cash_most",
            "cash_fee",
            "strikes_allowed",
            "prepaid_percent",
            "prepaid_rupees",
        )
        widgets = {"valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("cash_most", "cash_fee", "prepaid_percent", "prepaid_rupees"):
            field: Any = self.fields[name]
            field.min_value = 0
            field.widget.attrs["min"] = "0"

    def clean(self) -> dict[str, Any]:
        """Refuse amounts below nought, and two discounts for one thing."""
        data = super().clean() or {}
        for name in ("cash_most", "cash_fee", "prepaid_percent", "prepaid_rupees"):
            if (data.get(name) or 0) < 0:
                self.add_error(name, _("Please give no amount below 0."))
        if data.get("cash_most") == 0:
            self.add_error("cash_most", _("Leave this empty if nobody may pay at the door."))
        if (data.get("prepaid_percent") or 0) > MOST_PERCENT:
            self.add_error("prepaid_percent", _("Please give at most 50 per cent."))
        if data.get("prepaid_percent") and data.get("prepaid_rupees"):
            self.add_error("prepaid_rupees", _("Please give per cent or rupees, not both."))
        return data

    def validate_unique(self) -> None:
        """Let the terms of a day be written anew."""
