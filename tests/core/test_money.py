"""Rupees: written as in India, shared without losing a paisa."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront.core.money import from_paise, grouped, rupees, share, to_paise

VECTORS = json.loads(
    (Path(__file__).parent.parent / "gst" / "vectors.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("value", "text"), [(each["value"], each["text"]) for each in VECTORS["indian_grouping"]]
)
def test_digits_are_grouped_as_in_india(value: str, text: str) -> None:
    assert grouped(Decimal(value), paise=True) == text


def test_whole_rupees_are_written_without_paise() -> None:
    assert grouped(Decimal("2450.00")) == "₹2,450"
    assert grouped(Decimal("2450.50")) == "₹2,450.50"


def test_half_a_paisa_is_rounded_up() -> None:
    assert rupees("0.005") == Decimal("0.01")


def test_a_fraction_of_a_paisa_cannot_be_charged() -> None:
    with pytest.raises(ValueError, match="fraction of a paisa"):
        to_paise(Decimal("1.005"))


@settings(deadline=None)
@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_paise_come_back_as_they_went(paise: int) -> None:
    assert to_paise(from_paise(paise)) == paise


def test_the_paisa_left_over_goes_to_the_part_that_lost_most() -> None:
    parts = share(Decimal("100.00"), [1, 1, 1])

    assert parts == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_nothing_can_be_shared_among_nobody() -> None:
    with pytest.raises(ValueError, match="nothing to share among"):
        share(Decimal("1.00"), [])


@settings(deadline=None)
@given(
    paise=st.integers(min_value=0, max_value=10**11),
    weights=st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=20),
)
def test_shares_add_up_to_the_whole_paisa_for_paisa(paise: int, weights: list[int]) -> None:
    total = from_paise(paise)

    parts = share(total, weights)

    assert sum(parts) == total
    assert len(parts) == len(weights)


@settings(deadline=None)
@given(
    paise=st.integers(min_value=0, max_value=10**11),
    weights=st.lists(st.integers(min_value=1, max_value=10**6), min_size=1, max_size=20),
)
def test_no_share_is_off_by_a_whole_paisa(paise: int, weights: list[int]) -> None:
    parts = share(from_paise(paise), weights)

    exact = [Decimal(paise) * weight / sum(weights) for weight in weights]
    assert all(abs(to_paise(part) - fair) < 1 for part, fair in zip(parts, exact, strict=True))
