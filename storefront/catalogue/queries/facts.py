"""What the law and a careful buyer want to read about a product, as label and text."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from storefront.catalogue.models import Product
from storefront.catalogue.rules import COUNTED, Box, Quantity, Unit

CM_PER_INCH = Decimal("2.54")
QUANTITIES = {
    Unit.GRAM: gettext_lazy("%(amount)s g"),
    Unit.KILOGRAM: gettext_lazy("%(amount)s kg"),
    Unit.MILLILITRE: gettext_lazy("%(amount)s ml"),
    Unit.LITRE: gettext_lazy("%(amount)s l"),
    Unit.CENTIMETRE: gettext_lazy("%(amount)s cm"),
    Unit.METRE: gettext_lazy("%(amount)s m"),
    Unit.PIECE: ngettext_lazy("%(amount)s piece", "%(amount)s pieces", "amount"),
    Unit.PAIR: ngettext_lazy("%(amount)s pair", "%(amount)s pairs", "amount"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table of facts."""

    label: str
    text: str


def facts_of(product: Product) -> list[Fact]:
    """
    Return what is known of a product, in the language of the moment.

    Source: Legal Metrology (Packaged Commodities) Rules, rule 6(10): name of the goods, net
    quantity, country of origin and size belong on every listing.
    """
    found = [
        (_("Kind of thing"), product.craft.name if product.craft else ""),
        (_("Material"), product.materials),
        (_("GI name"), gi_text(product)),
        (_("Size"), size_text(product.length_cm, product.width_cm, product.height_cm)),
        (_weight_label(product), weight_text(product.weight_g)),
        (_("Packed size"), size_text(*_sides(product.box))),
        (_("Net quantity"), quantity_text(product.net)),
        (_("Sending"), dispatch_text(product.lead_days)),
        (_("Country of origin"), country_text(product.country_of_origin)),
        (_("HSN"), product.hsn),
        (_("Article number"), product.upc or ""),
    ]
    return [Fact(label, text) for label, text in found if text]


def gi_text(product: Product) -> str:
    """Return the GI name with its right; a maker who is not to be named may be its holder."""
    right, maker = product.gi_right, product.artisan
    if right is None:
        return ""
    return f"{right.name}, {right.number}" if maker and not maker.is_named else str(right)


def size_text(*sides_cm: Decimal | None) -> str:
    """Return the sides in centimetres and, rounded to a tenth, in inches: 14 × 16 cm (…)."""
    sides = [side for side in sides_cm if side]
    if not sides:
        return ""
    inches = [
        (side / CM_PER_INCH).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) for side in sides
    ]
    return _("%(cm)s cm (%(inches)s in)") % {
        "cm": " × ".join(_short(side) for side in sides),
        "inches": " × ".join(_short(side) for side in inches),
    }


def weight_text(grams: int) -> str:
    """Return a weight in grams, from one kilogram in kilograms."""
    return quantity_text(Quantity(Decimal(grams), Unit.GRAM))


def quantity_text(quantity: Quantity) -> str:
    """Return an amount in the fitting unit: 500 g, 1.5 kg, 10 ml, 4 pieces."""
    told = quantity.told()
    amount = int(told.amount) if told.unit in COUNTED else _short(told.amount)
    return QUANTITIES[told.unit] % {"amount": amount}


def dispatch_text(lead_days: int) -> str:
    """Return when a piece leaves the workshop."""
    if not lead_days:
        return _("Sent within two working days")
    return ngettext(
        "Made to order, sent in %(days)s day", "Made to order, sent in %(days)s days", lead_days
    ) % {"days": lead_days}


def country_text(code: str) -> str:
    """Return the name of the country; the shop sells what is made in India."""
    return _("India") if code == "IN" else code


def _sides(box: Box | None) -> tuple[Decimal, ...]:
    return (box.length, box.width, box.height) if box else ()


def _weight_label(product: Product) -> str:
    """Return what to call the weight of the parcel's content: of a pack it is not the net one."""
    return _("Weight") if product.net.unit in COUNTED else _("Weight with packing")


def _short(number: Decimal) -> str:
    """Return a number without useless zeros: 14 rather than 14.0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
