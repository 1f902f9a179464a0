"""Taking pieces of an order back: the form that buyers, sellers and staff fill in."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from storefront.accounts.models import User
from storefront.core.references import token
from storefront.core.words import in_language
from storefront.order.models import Line
from storefront.order.rules import REASONS, Asker, SellerOrderState, Why, may_cancel
from storefront.order.services import Wish
from storefront.order.words import PART_WORDS, WHY_WORDS
from storefront.partner.models import Partner

LONGEST_WORDS = 300


class TakeBackForm(forms.Form):
    """
    How many pieces of which line, and why.

    `key` is made with the page, so that a page sent twice is one wish; `expected` is what the
    page said comes back, in rupees.
    """

    why = forms.ChoiceField(label=_("Why?"))
    words = forms.CharField(
        label=_("In your own words (optional)"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    expected = forms.DecimalField(
        max_digits=12, decimal_places=2, required=False, widget=forms.HiddenInput
    )

    def __init__(self, asker: Asker, lines: Iterable[Line], data: Any = None) -> None:
        super().__init__(data, initial={"key": token()})
        self.asker, self.lines = asker, list(lines)
        reasons = [(why.value, WHY_WORDS[why]) for why in REASONS[asker]]
        self.fields["why"] = forms.ChoiceField(label=_("Why?"), choices=reasons)
        # One piece left over is chosen already: there is nothing to count.
        is_only = [line.quantity_left for line in self._open()] == [1]
        for line in self.lines:
            # What is left is the service's to say: the page may be older than the order.
            self.fields[_name(line)] = forms.IntegerField(
                label=in_language(line.title, line.title_hi),
                help_text=_whose(line, asker),
                min_value=0,
                max_value=line.quantity,
                required=False,
                initial=int(is_only),
                widget=forms.Select(choices=_counts(line.quantity_left)),
            )

    def rows(self) -> list[forms.BoundField]:
        """Return the fields of the lines of which pieces can be taken back."""
        return [self[_name(line)] for line in self._open()]

    @property
    def pieces(self) -> dict[int, int]:
        """Return how many pieces of each line, by ids; the form must be valid."""
        return {line.pk: self.cleaned_data[_name(line)] or 0 for line in self.lines}

    def wish(self, *, by: User | None, seller: Partner | None = None) -> Wish:
        """Return what the person wants; the form must be valid."""
        expected: Decimal | None = self.cleaned_data["expected"]
        return Wish(
            key=self.cleaned_data["key"] or token(),
            asker=self.asker,
            why=Why(self.cleaned_data["why"]),
            by=by,
            words=self.cleaned_data["words"],
            pieces=self.pieces,
            seller=seller,
            expected=expected,
        )

    def _open(self) -> list[Line]:
        return [
            line
            for line in self.lines
            if line.quantity_left
            and line.seller_order is not None
            and may_cancel(self.asker, SellerOrderState(line.seller_order.state))
        ]


def _whose(line: Line, asker: Asker) -> str:
    """Return whose line it is and how far; a seller knows."""
    part = line.seller_order
    if part is None or asker == Asker.SELLER:
        return ""
    return f"{part.seller.name} · {PART_WORDS[SellerOrderState(part.state)]}"


def _counts(left: int) -> list[tuple[int, str]]:
    cancelled = [
        (n, ngettext("Cancel %(n)s piece", "Cancel %(n)s pieces", n) % {"n": n})
        for n in range(1, left + 1)
    ]
    return [(0, gettext("Keep")), *cancelled]


def _name(line: Line) -> str:
    return f"line-{line.pk}"
