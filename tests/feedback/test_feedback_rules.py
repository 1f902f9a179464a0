"""Stars are counted and averaged as people do."""

import pytest

from storefront.feedback.rules import Spread, spread_of


def test_nobody_said_anything():
    assert (Spread().total, Spread().mean) == (0, None)


@pytest.mark.parametrize(
    ("counts", "mean"),
    [
        ((0, 0, 0, 1, 1), 4.5),
        ((0, 0, 0, 3, 1), 4.3),
        ((1, 0, 0, 0, 2), 3.7),
        ((0, 0, 0, 0, 9), 5.0),
    ],
)
def test_the_mean_has_one_place_rounded_half_up(counts: tuple[int, ...], mean: float):
    assert spread_of(counts).mean == mean


def test_five_stars_come_first():
    assert spread_of((1, 0, 0, 2, 7)).rows() == [(5, 7), (4, 2), (3, 0), (2, 0), (1, 1)]
