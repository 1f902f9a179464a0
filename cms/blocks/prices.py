"""What a price pays for, in rupees that add up."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, ListBlock, StructBlock, StructValue, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.looks import PREVIEW, Group, Look, look_block, with_settings
from storefront.core.money import ZERO, grouped, rupees

DIGITS = 9
# Of a thousand parts of the bar one is still to be seen.
WHOLE_BAR = 1000
COLOURS = ("textile", "metal", "food", "stone", "clay", "other")


class RupeesBlock(DecimalBlock):
    """An amount in rupees, none or more, with two places at most; migrations name this class."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=DIGITS, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the rupees; nothing for what is no number."""
        try:
            amount: Decimal | None = super().to_python(value)
        except (InvalidOperation, TypeError, ValueError):
            return None
        if amount is None or not amount.is_finite() or abs(amount) >= 10**DIGITS:
            return None
        return amount


class PriceRowBlock(StructBlock):
    """A part of the price, and what it pays for."""

    label = CharBlock(label=_("What it pays for"), max_length=120)
    amount = RupeesBlock(label=_("Rupees"))

    class Meta:
        icon = "decimal"


@dataclass(frozen=True, slots=True)
class Part:
    """
    A part of a price.

    `start` and `width` are its place on the bar in thousandths, `colour` is one of the map's.
    """

    label: str
    amount: Decimal
    amount_text: str
    start: int
    width: int
    colour: str


class PriceValue(StructValue):
    """A price and its rows."""

    @property
    def total(self) -> Decimal:
        """Return what the rows add up to, in rupees."""
        return sum((row["amount"] or ZERO for row in self["rows"]), ZERO)

    @property
    def adds_up(self) -> bool:
        """Return whether the rows make up a price above nothing, and none takes from it."""
        takes = any((row["amount"] or ZERO) < 0 for row in self["rows"])
        return bool(self["price"]) and self.total == self["price"] and not takes

    def parts(self) -> list[Part]:
        """Return the rows with their places on the bar; only for a price that adds up."""
        parts: list[Part] = []
        spent = ZERO
        for number, row in enumerate(self["rows"]):
            amount = row["amount"] or ZERO
            start, end = _place(spent, self["price"]), _place(spent + amount, self["price"])
            told = grouped(rupees(amount))
            parts.append(
                Part(row["label"], amount, told, start, end - start, COLOURS[number % len(COLOURS)])
            )
            spent += amount
        return parts


class FairPriceBlock(StructBlock):
    """What a stated price pays for, drawn as a bar."""

    title = CharBlock(label=_("Heading"), required=False, max_length=120)
    price = RupeesBlock(label=_("Price in rupees, with GST"))
    rows = ListBlock(PriceRowBlock(), label=_("What it pays for"), min_num=2, max_num=10)
    note = TextBlock(label=_("Note"), required=False, max_length=300, rows=2)
    look = look_block()

    class Meta:
        label = _("Fair price")
        icon = "decimal"
        group = Group.SHOP
        description = _("What a price pays for, row by row; the rows must add up to the price.")
        form_layout = with_settings("title", "price", "rows", "note")
        value_class = PriceValue
        preview_template = PREVIEW
        template = "cms/blocks/fair_price.html"

    def clean(self, value: PriceValue) -> PriceValue:
        """Refuse to publish rows that do not add up; a draft may have them."""
        cleaned: PriceValue = super().clean(value)
        if not self.is_deferred_validation and not cleaned.adds_up:
            raise StructBlockValidationError({"price": ValidationError(_complaint(cleaned))})
        return cleaned

    def get_context(self, value: PriceValue, parent_context: Any = None) -> dict[str, Any]:
        """Add the parts of the price, or why there are none."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        if not value.adds_up:
            return context | {"parts": [], "complaint": _complaint(value)}
        return context | {"parts": value.parts(), "price_text": grouped(rupees(value["price"]))}

    def get_preview_value(self) -> Any:
        """Return the price of a lota."""
        rows = (
            (gettext("Brass and coal"), 540),
            (gettext("The caster's and the engraver's days"), 610),
            (gettext("Packing, and the shop's share"), 145),
            (gettext("GST"), 155),
        )
        told = [{"label": label, "amount": amount} for label, amount in rows]
        title = gettext("Where the rupees of a lota go")
        return self.to_python({"title": title, "price": 1450, "rows": told, "look": Look.TINT})


def _place(amount: Decimal, price: Decimal) -> int:
    return round(amount * WHOLE_BAR / price)


def _complaint(value: PriceValue) -> str:
    sums = {"total": grouped(rupees(value.total)), "price": grouped(rupees(value["price"] or ZERO))}
    return gettext("The rows add up to %(total)s, the price is %(price)s.") % sums
