"""How far a parcel goes, what it costs there, and between which days it arrives."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from storefront.catalogue.rules import Box
from storefront.shipping.queries import Quote
from storefront.shipping.rules import (
    Packed,
    Rate,
    TooHeavy,
    Zone,
    arrival,
    charged_g,
    dispatch_by,
    rate_for_parcel,
    zone_between,
)

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
LIGHT = Rate(500, Decimal(50), 2, 4)
HEAVY = Rate(2000, Decimal(110), 3, 6)


@pytest.mark.parametrize(
    ("seller", "buyer", "zone"),
    [
        ("09", "09", Zone.STATE),
        ("09", "07", Zone.INDIA),
        ("09", "18", Zone.FAR),
        ("09", "35", Zone.FAR),
        ("18", "18", Zone.STATE),
    ],
)
def test_the_zone_is_the_own_state_the_rest_of_india_or_far(
    seller: str, buyer: str, zone: Zone
) -> None:
    assert zone_between(seller, buyer) == zone


@pytest.mark.parametrize(
    ("grams", "rate"),
    [
        (1, LIGHT),
        (500, LIGHT),
        (501, HEAVY),
        (2000, HEAVY),
        (2001, Rate(2001, Decimal(220), 3, 6)),
        (5000, Rate(5000, Decimal(330), 3, 6)),
    ],
)
def test_a_parcel_costs_the_lightest_band_it_fits_and_above_them_as_several(
    grams: int, rate: Rate
) -> None:
    assert rate_for_parcel(grams, [HEAVY, LIGHT]) == rate


def box(length: int | str, width: int | str, height: int | str) -> Box:
    return Box(Decimal(length), Decimal(width), Decimal(height))


@pytest.mark.parametrize(
    ("pieces", "grams"),
    [
        # 5,000 cm³ count as a kilogram.
        ([Packed(400, box(30, 20, 10))], 1200),
        ([Packed(600, box(25, 20, 5))], 600),
        ([Packed(5000, box(60, 40, 40))], 19_200),
        ([Packed(50, box(10, 10, 10))], 200),
        # A fraction of a gram counts as one.
        ([Packed(50, box("10.1", 10, 10))], 202),
        ([Packed(50, box("10.1", "10.1", 10))], 205),
        # Nobody told the packed size: only the weight is known.
        ([Packed(480, None)], 480),
        ([Packed(480, None, 3)], 1440),
        # docs/chapters/delivery.md: a basket and two vases in one parcel.
        ([Packed(1250, box(40, 40, 44))], 14_080),
        ([Packed(1250, box(40, 40, 44)), Packed(2300, None, 2)], 18_680),
        # Heavy pieces make up for bulky ones.
        ([Packed(1000, box(50, 25, 20)), Packed(9000, box(10, 10, 10))], 10_000),
        ([], 0),
    ],
)
def test_a_parcel_is_charged_by_its_weight_or_its_room_what_is_more(
    pieces: list[Packed], grams: int
) -> None:
    assert charged_g(pieces) == grams


def test_without_rates_nothing_is_promised() -> None:
    with pytest.raises(TooHeavy):
        rate_for_parcel(500, [])


@pytest.mark.parametrize(
    ("today", "lead_days", "day"),
    [
        (MONDAY, 0, date(2026, 11, 25)),
        (FRIDAY, 0, date(2026, 11, 30)),  # Saturday and Monday: no work on the Sunday between
        (SATURDAY, 0, date(2026, 12, 1)),
        (MONDAY, 10, date(2026, 12, 3)),
    ],
)
def test_a_seller_sends_within_two_working_days_or_the_making_time(
    today: date, lead_days: int, day: date
) -> None:
    assert dispatch_by(today, lead_days=lead_days) == day


@pytest.mark.parametrize(
    ("today", "lead_days", "days", "first", "last"),
    [
        (MONDAY, 0, (2, 4), date(2026, 11, 26), date(2026, 11, 30)),  # the 29th is a Sunday
        (MONDAY, 10, (2, 4), date(2026, 12, 5), date(2026, 12, 7)),
        (SATURDAY, 0, (3, 7), date(2026, 12, 2), date(2026, 12, 8)),
        (date(2026, 11, 26), 0, (2, 4), date(2026, 11, 30), date(2026, 12, 2)),
    ],
)
def test_a_parcel_arrives_after_sending_and_road_and_never_on_a_sunday(
    today: date, lead_days: int, days: tuple[int, int], first: date, last: date
) -> None:
    low, high = days

    found = arrival(today, lead_days=lead_days, days_min=low, days_max=high)

    assert found == (first, last)


@pytest.mark.parametrize(
    ("language", "today", "days", "text"),
    [
        ("en", SATURDAY, (3, 7), "2–8 December"),
        ("hi", SATURDAY, (3, 7), "2–8 दिसंबर"),
        ("en", MONDAY, (2, 7), "26 November – 2 December"),
        ("en", date(2026, 12, 26), (2, 6), "29 December – 4 January"),
    ],
)
def test_the_days_are_told_as_a_range_in_the_readers_language(
    language: str, today: date, days: tuple[int, int], text: str
) -> None:
    quote = Quote(Zone.STATE, Decimal(50), *days)

    with override(language):
        assert quote.days_text(today, lead_days=0) == text


def test_a_range_of_one_day_is_one_day() -> None:
    quote = Quote(Zone.STATE, Decimal(50), 2, 2)

    with override("en"):
        assert quote.days_text(MONDAY, lead_days=1) == "26 November"
