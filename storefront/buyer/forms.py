"""Forms of the account: an address, letters, and the end of the account."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from storefront.accounts.models import User
from storefront.checkout.forms import AddressForm

NOT_OF_A_BOOK = ("email", "keep", "way", "expected_total")


class BookForm(AddressForm):
    """The checkout's own address form, for an address that is kept."""

    is_usual = forms.BooleanField(label=_("Send parcels here as a rule"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NOT_OF_A_BOOK:
            del self.fields[name]

    def boxes(self) -> SafeString:
        """Return the boxes to fill in, as the checkout has them."""
        return render_to_string("components/address_boxes.html", {"form": self})


class LettersForm(forms.Form):
    """In which language, and whether offers may come."""

    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    offers = forms.BooleanField(
        label=_("Write to me about offers and new pieces, at most twice a month"), required=False
    )


class EraseForm(forms.Form):
    """Whoever deletes an account knows its password."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse a password that is not this account's."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not the password of your account."))
        return password
