"""What may be written down of a search."""

import pytest

from storefront.search.rules.privacy import kept_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Silver   KETTLE!", "silver kettle"),
        ("चाँदी की केतली", "चाँदी की केतली"),
        ("carpet 6 x 9", "carpet 6 x 9"),
        ("saree 5.5 m", "saree 5.5 m"),
        ("🪔", ""),
    ],
)
def test_the_words_are_kept_folded(typed: str, kept: str):
    assert kept_words(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "asha@example.org",
        "asha＠example．org",
        "mail asha gmail.com",
        "https://example.net/x",
        "9876543210",
        "+91 98765-43210",
        "९८७६५ ४३२१०",
        "call 98 76 54",
        "order 1000123",
        "x" * 61,
        "one two three four five six seven",
    ],
)
def test_what_may_tell_who_searched_or_is_too_long_is_not_kept(typed: str):
    assert kept_words(typed) == ""
