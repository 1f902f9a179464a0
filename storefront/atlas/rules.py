"""Reading PIN codes and phone numbers as people write them."""

import re

PIN = re.compile(r"[1-9]\d{5}")
# Fewer than three digits are half a state.
PIN_PREFIX = r"^[1-9][0-9]{2,5}$"
MOBILE = re.compile(r"[6-9]\d{9}")
_DEVANAGARI = str.maketrans("०१२३४५६७८९", "0123456789")


def fold_digits(text: str) -> str:
    """Return the text with Devanagari digits as Latin ones."""
    return text.translate(_DEVANAGARI)


def clean_pin(text: str) -> str:
    """Return six digits, or an empty string if the text is no PIN code."""
    digits = re.sub(r"[\s-]", "", fold_digits(text))
    return digits if PIN.fullmatch(digits) else ""


def clean_mobile(text: str) -> str:
    """Return +91 and ten digits, or an empty string if the text is no Indian mobile number."""
    digits = re.sub(r"[\s()-]", "", fold_digits(text))
    bare = re.sub(r"^(\+91|0091|91(?=\d{10}$)|0)", "", digits)
    return f"+91{bare}" if MOBILE.fullmatch(bare) else ""
