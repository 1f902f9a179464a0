"""The one checkout form: who, where to, how paid; PIN and state are checked with each other."""

import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any, Self

from django import forms
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from storefront.accounts.models import User
from storefront.atlas.queries import PinFacts, pin_facts, state_choices, state_of
from storefront.atlas.rules import clean_mobile
from storefront.order.services import Buyer, Where

SELECTED = SafeString(" selected")
BOXES = ("postcode", "town", "state", "line1", "line2", "name", "phone", "email")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class QuickSelect(forms.Select):
    """A list of choices, set at once: Django takes a template for each of three dozen states."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the list as Django's own would look."""
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        own = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return format_html("<select{}>{}</select>", own, options)


class QuickHidden(forms.HiddenInput):
    """What a form carries unseen, set at once."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the input as Django's own would look."""
        told = self.format_value(value)
        shown = "" if told is None else format_html(' value="{}"', told)
        own = flatatt(self.build_attrs(self.attrs, attrs))
        return format_html('<input type="hidden" name="{}"{}{}>', name, shown, own)


class AddressForm(forms.Form):
    """
    Contact, address and way to pay.

    `expected_total` is the price the buyer saw; where ways differ in price, the page also sends
    `total-<way>` for each.
    """

    postcode = forms.CharField(
        label=_("PIN code"),
        max_length=10,
        help_text=_("Six digits, as on your letters. It tells us town and state."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    town = forms.CharField(
        label=_("City, town or district"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    state = forms.TypedChoiceField(
        label=_("State"),
        coerce=state_of,
        empty_value=None,
        widget=QuickSelect(attrs={"autocomplete": "address-level1"}),
    )
    line1 = forms.CharField(
        label=_("House, street or lane"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    line2 = forms.CharField(
        label=_("Village, locality or landmark (if any)"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    name = forms.CharField(
        label=_("Full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        help_text=_("Only the courier uses it, if your door is hard to find."),
        widget=forms.TextInput(
            attrs={"autocomplete": "tel-national", "inputmode": "tel", "type": "tel"}
        ),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,  # as long as the order's column
        help_text=_("For the confirmation and news of your parcels."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # The town that a PIN code filled in; another PIN may put another in its place.
    found_town = forms.CharField(max_length=80, required=False, widget=QuickHidden)
    keep = forms.BooleanField(label=_("Keep this address for next time"), required=False)
    way = forms.CharField(label=_("How you pay"), max_length=20, required=False)
    expected_total = forms.DecimalField(
        max_digits=12, decimal_places=2, required=False, widget=QuickHidden
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        field.choices = [("", _("Choose a state")), *state_choices()]
        self.pin: PinFacts | None = None
        # What the PIN code tells, once somebody has it looked up
        self.place_text = ""
        self.pin_problem = ""

    @classmethod
    def looked_up(cls, typed: Mapping[str, str]) -> Self:
        """Return the form as far as it is typed, and filled in with what its PIN code tells."""
        facts = pin_facts(typed.get("postcode", ""))
        form = cls(initial={**typed, **filled_in(typed, facts)})
        form.pin = facts
        form.place_text = facts.place_text if facts.is_served else ""
        form.pin_problem = pin_problem(facts)
        return form

    def fill_in(self) -> None:
        """Fill in what was left empty and the PIN code tells, to be checked by the buyer."""
        if self.pin is None or not self.pin.is_known:
            return
        found = filled_in(self.data, self.pin)
        empty = [name for name in ("town", "state") if self.has_error(name, "required")]
        for name in empty:
            if found.get(name):
                text = gettext("We filled this in from your PIN code. Please check it.")
                self.errors[name] = self.error_class([text], renderer=self.renderer)
                self.data = {**dict(self.data.items()), name: found[name]}

    def show_total(self, total: Decimal) -> None:
        """Put the price that the page shows into the form."""
        self.initial["expected_total"] = f"{total:.2f}"
        if self.is_bound:
            self.data = {**dict(self.data.items()), "expected_total": f"{total:.2f}"}

    @property
    def goes_nowhere(self) -> bool:
        """Return whether no parcel goes to the PIN code that was given."""
        return self.pin is not None and self.pin.is_known and not self.pin.is_served

    def boxes(self) -> SafeString:
        """Return the boxes to fill in as HTML; an empty form, which most buyers see, is kept."""
        if self.is_bound or any(self[name].value() for name in BOXES):
            return _boxes(self)
        states: Any = self.fields["state"]
        return _empty_boxes(get_language(), tuple(states.choices))

    def seen_total(self) -> Decimal | None:
        """Return the price the buyer saw for the way they chose, in rupees."""
        told = self.data.get(f"total-{self.cleaned_data['way']}", "")
        found: Decimal | None = self.cleaned_data["expected_total"]
        with suppress(forms.ValidationError):
            found = forms.DecimalField(max_digits=12, decimal_places=2).clean(told)
        return found

    def clean_phone(self) -> str:
        """Return the mobile number as +91 and ten digits."""
        phone = clean_mobile(self.cleaned_data["phone"])
        if not phone:
            raise forms.ValidationError(
                _("Please give an Indian mobile number: ten digits, the first from 6 to 9.")
            )
        return phone

    def clean_name(self) -> str:
        """Return the name on one line."""
        return _CONTROL.sub(" ", self.cleaned_data["name"]).strip()

    def clean_postcode(self) -> str:
        """Return six digits of a PIN that parcels go to."""
        self.pin = pin_facts(self.cleaned_data["postcode"])
        if not self.pin.is_served:
            raise forms.ValidationError(pin_problem(self.pin))
        self.place_text = self.pin.place_text
        return self.pin.pin

    def clean(self) -> dict[str, Any]:
        """Ask, rather than guess, when PIN and state do not fit: the state decides the tax."""
        data = super().clean() or {}
        state = data.get("state")
        if self.pin and self.pin.is_known and state and not self.pin.allows(state.pk):
            names = ", ".join(found.name for found in self.pin.states)
            self.add_error(
                "state",
                _("PIN %(pin)s lies in %(names)s, not in %(state)s. Please correct one of them.")
                % {"pin": self.pin.pin, "names": names, "state": state.name},
            )
        return data

    def where(self) -> Where:
        """Return the address, once the form is valid."""
        data = self.cleaned_data
        return Where(
            name=data["name"],
            phone=data["phone"],
            line1=data["line1"],
            line2=data["line2"],
            town=data["town"],
            pin=data["postcode"],
            state=data["state"],
        )

    def buyer(self, *, language: str, user: User | None = None, came_from: str = "") -> Buyer:
        """Return who buys, once the form is valid; without `user` a guest."""
        email: str = self.cleaned_data["email"]
        return Buyer(email, self.where(), language, user=user, came_from=came_from)


def pin_problem(facts: PinFacts) -> str:
    """Return what is wrong with an address's PIN code, and what to do; empty if nothing is."""
    if not facts.is_known or facts.is_served:
        return facts.problem_text
    todo = gettext("Please give an address somewhere else.")
    return f"{facts.problem_text} {todo}"


def filled_in(typed: Mapping[str, str], facts: PinFacts) -> dict[str, str]:
    """Return the boxes that a PIN code decides; what was typed stays as long as it can be right."""
    if not facts.is_known:
        return {}
    town, own = typed.get("town", "").strip(), typed.get("found_town", "")
    district, state = facts.district, typed.get("state", "")
    if not facts.allows(state):
        state = facts.states[0].pk if len(facts.states) == 1 else ""
    return {
        "postcode": facts.pin,
        "state": state,
        "town": district if town in ("", own) else town,
        "found_town": district,
    }


def _boxes(form: AddressForm) -> SafeString:
    return render_to_string("components/address_boxes.html", {"form": form})


@lru_cache
def _empty_boxes(language: str | None, states: tuple[tuple[str, str], ...]) -> SafeString:
    """Set the boxes of an empty form; with other states, or in another language, anew."""
    return _boxes(AddressForm())
