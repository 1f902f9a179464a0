"""Where the letter goes, asked of those who are not signed in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AlertForm(forms.Form):
    """A guest's address."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We write once when it is back, and for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
