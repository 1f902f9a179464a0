"""What is wrong with a value, in the reader's language: pydantic itself speaks English only."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

NEEDED = _("Please give this.")
WHOLE = _("Please give a whole number.")
TEXT = _("Please give a text.")
RUPEES = _("Please give rupees with at most two places.")
# By pydantic's name of the mistake; what stands in brackets is its context.
WORDS = {
    "missing": NEEDED,
    "none_required": NEEDED,
    "string_type": TEXT,
    "string_pattern_mismatch": _("This is not written as it should be."),
    "string_too_short": NEEDED,
    "string_too_long": _("Please use at most %(max_length)s characters."),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "decimal_type": RUPEES,
    "decimal_parsing": RUPEES,
    "decimal_max_places": RUPEES,
    "decimal_max_digits": RUPEES,
    "decimal_whole_digits": RUPEES,
    "finite_number": RUPEES,
    "bool_parsing": _("Please give true or false."),
    "bool_type": _("Please give true or false."),
    "greater_than": _("Please give more than %(gt)s."),
    "greater_than_equal": _("Please give at least %(ge)s."),
    "less_than_equal": _("Please give at most %(le)s."),
    "literal_error": _("Please choose one of: %(expected)s."),
    "enum": _("Please choose one of: %(expected)s."),
    "model_attributes_type": _("Please send a JSON object."),
    "model_type": _("Please send a JSON object."),
    "too_long": _("Please give at most %(max_length)s of these."),
}
OTHERWISE = _("This cannot be right.")
OURS = "shop"


def words_for(error: Mapping[str, Any]) -> str:
    """Return what is wrong, from an error of pydantic or one of our own."""
    if error["type"] == OURS:
        return str(error["msg"])
    sentence = str(WORDS.get(error["type"], OTHERWISE))
    context: dict[str, Any] = error.get("ctx") or {}
    return sentence % context if "%(" in sentence else sentence
