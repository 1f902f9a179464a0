"""What kinds of seller there are and what each may do."""

import re
from enum import StrEnum

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_GSTIN = re.compile(r"\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]")


class SellerKind(StrEnum):
    """How a seller stands to GST."""

    REGULAR = "regular"
    COMPOSITION = "composition"
    ENROLLED = "enrolled"


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
