"""What kinds of seller there are and what each may do."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storefront.core.money import ZERO, rupees
from storefront.gst.rules import collected_at_source

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GSTIN = re.compile(r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]")


class SellerKind(StrEnum):
    """How a seller stands to GST."""

    REGULAR = "regular"
    COMPOSITION = "composition"
    ENROLLED = "enrolled"


class RateName(StrEnum):
    """What is kept back of a seller's money."""

    COMMISSION = "commission"
    COMMISSION_GST = "commission-gst"
    TCS = "tcs"
    TDS = "tds"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is kept back of a seller's money, in per cent."""

    commission: Decimal = ZERO
    commission_gst: Decimal = ZERO
    tcs: Decimal = ZERO
    tds: Decimal = ZERO

    def for_kind(self, kind: SellerKind) -> "Terms":
        """
        Return the terms of a seller of that kind.

        Source: notification 34/2023: no tax is collected at source from enrolled sellers.
        """
        if kind != SellerKind.ENROLLED:
            return self
        return Terms(self.commission, self.commission_gst, tcs=ZERO, tds=self.tds)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept back of one delivered part, in rupees."""

    commission: Decimal
    commission_gst: Decimal
    tcs: Decimal
    tds: Decimal


def kept_back(terms: Terms, *, goods: Decimal, net_taxable: Decimal, within_state: bool) -> Kept:
    """
    Return what is kept back of a part, in rupees, each sum rounded half up to paise.

    `goods` is what the buyer paid for the pieces, `net_taxable` the value of the taxed ones
    without GST. Delivery is the seller's cost, so nothing is kept back of it.

    Source: CGST section 52 (TCS on the net taxable value); Income-tax Act 2025 section 393
    (TDS on the gross sale).
    """
    commission = rupees(goods * terms.commission / 100)
    return Kept(
        commission=commission,
        commission_gst=rupees(commission * terms.commission_gst / 100),
        tcs=collected_at_source(net_taxable, rate=terms.tcs, within_state=within_state).tax,
        tds=rupees(goods * terms.tds / 100),
    )


def may_sell_to(kind: SellerKind, *, seller_state: str, buyer_state: str) -> bool:
    """
    Return whether the seller may supply the buyer's state (GST codes).

    Source: CGST section 10 (composition), notification 34/2023 (enrolled): own state only.
    """
    return kind == SellerKind.REGULAR or seller_state == buyer_state


def gstin_check_character(first_fourteen: str) -> str:
    """Return the fifteenth character of a GSTIN."""
    total = 0
    for position, character in enumerate(first_fourteen):
        product = _ALPHABET.index(character) * (1 + position % 2)
        total += product // 36 + product % 36
    return _ALPHABET[(36 - total % 36) % 36]


def is_gstin(value: str) -> bool:
    """Return whether the value has a GSTIN's shape and check character."""
    return bool(_GSTIN.fullmatch(value)) and gstin_check_character(value[:14]) == value[14]
