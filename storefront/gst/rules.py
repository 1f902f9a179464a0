"""GST on one line: which rate, and how a price that includes it splits."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from storefront.core.money import PAISA, ZERO
from storefront.core.refusals import Refusal

# Source: GST rate notifications of 22 September 2025: stitched clothes, bed linen, shoes.
THRESHOLD = Decimal(2500)


class PriceInGap(Refusal):
    """At this price neither rate of a threshold good can be lawful."""

    code = "price-in-gst-gap"


@dataclass(frozen=True, slots=True)
class GstRule:
    """
    How a good is taxed: one rate in per cent, or a second above a value a piece.

    `rate_above` applies where the value without tax is over ₹2,500.
    """

    rate: Decimal
    rate_above: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxSplit:
    """A price taken apart, in rupees; the parts add up to it."""

    taxable: Decimal
    cgst: Decimal
    sgst: Decimal
    igst: Decimal

    @property
    def tax(self) -> Decimal:
        """Return all tax together."""
        return self.cgst + self.sgst + self.igst


def rate_for(rule: GstRule, *, unit_price: Decimal) -> Decimal:
    """
    Return the rate in per cent for one piece at this price, tax included.

    Raises:
        PriceInGap: the lower rate leaves a value over the threshold and the higher one under.
    """
    if rule.rate_above is None or unit_price <= THRESHOLD * (100 + rule.rate) / 100:
        return rule.rate
    if unit_price > THRESHOLD * (100 + rule.rate_above) / 100:
        return rule.rate_above
    raise PriceInGap(f"₹{unit_price}")


def is_in_gap(rule: GstRule, *, unit_price: Decimal) -> bool:
    """Return whether no rate is lawful for one piece at this price, tax included."""
    try:
        rate_for(rule, unit_price=unit_price)
    except PriceInGap:
        return True
    return False


def split_inclusive(price: Decimal, *, rate: Decimal, within_state: bool) -> TaxSplit:
    """
    Take GST out of a line price that includes it; each part is rounded half up to paise.

    Within a state the tax is halves of central and state GST, between states integrated GST.
    """
    if within_state:
        half = (price * rate / (2 * (100 + rate))).quantize(PAISA, rounding=ROUND_HALF_UP)
        return TaxSplit(taxable=price - 2 * half, cgst=half, sgst=half, igst=ZERO)
    igst = (price * rate / (100 + rate)).quantize(PAISA, rounding=ROUND_HALF_UP)
    return TaxSplit(taxable=price - igst, cgst=ZERO, sgst=ZERO, igst=igst)


def collected_at_source(net_taxable: Decimal, *, rate: Decimal, within_state: bool) -> TaxSplit:
    """
    Return the tax that the shop collects at source on a value without GST; `rate` in per cent.

    Half and half within a state, each rounded half up to paise. Source: CGST section 52.
    """
    if within_state:
        half = (net_taxable * rate / 200).quantize(PAISA, rounding=ROUND_HALF_UP)
        return TaxSplit(taxable=net_taxable, cgst=half, sgst=half, igst=ZERO)
    igst = (net_taxable * rate / 100).quantize(PAISA, rounding=ROUND_HALF_UP)
    return TaxSplit(taxable=net_taxable, cgst=ZERO, sgst=ZERO, igst=igst)
