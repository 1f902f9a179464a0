"""What the law and a careful buyer want to read about a product, as label and text."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from storefront.catalogue.models import Product

CM_PER_INCH = Decimal("2.54")
GRAMS_PER_KG = 1000


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
        (_("GI name"), str(product.gi_right or "")),
        (_("Size"), size_text(product.length_cm, product.width_cm, product.height_cm)),
        (_("Weight"), weight_text(product.weight_g)),
        (_("Net quantity"), _("1 piece")),
        (_("Sending"), dispatch_text(product.lead_days)),
        (_("Country of origin"), country_text(product.country_of_origin)),
        (_("HSN"), product.hsn),
        (_("Article number"), product.upc or ""),
    ]
    return [Fact(label, text) for label, text in found if text]


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
    if grams < GRAMS_PER_KG:
        return _("%(grams)s g") % {"grams": grams}
    return _("%(kilograms)s kg") % {"kilograms": _short(Decimal(grams) / GRAMS_PER_KG)}


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


def _short(number: Decimal) -> str:
    """Return a number without useless zeros: 14 rather than 14.0."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
