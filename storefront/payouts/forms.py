"""What staff paste of a bank's answer."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from storefront.payouts.rules import read_utrs

LONGEST_ANSWER = 200_000


class AnswerForm(forms.Form):
    """Lines of "number,UTR"; all are read, or none."""

    lines = forms.CharField(
        label=_("The bank's answer"),
        help_text=_("A line for each payout: number,UTR. For example: ZP12,SBIN000000000012"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6, "class": "form-control", "spellcheck": "false"}),
    )

    def clean_lines(self) -> dict[int, str]:
        """Return references by ids of payouts."""
        found, senseless = read_utrs(self.cleaned_data["lines"])
        if senseless:
            raise forms.ValidationError(
                gettext("Nothing was written. These lines cannot be read: %(lines)s")
                % {"lines": " · ".join(senseless[:5])}
            )
        return found
