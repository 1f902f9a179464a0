"""Shares of a discount, names in two languages, and what a range holds."""

from decimal import Decimal

import pytest

from storefront.discounts.rules import ProductFacts, RangeFacts, holds, in_language, parts_of


def rupees(**amounts):
    return {int(line[1:]): Decimal(amount) for line, amount in amounts.items()}


def test_the_parts_of_a_discount_add_up_to_the_paisa():
    parts = parts_of(
        Decimal("100.00"),
        rupees(l1="1", l2="1", l3="1"),
        room=rupees(l1="500", l2="500", l3="500"),
    )

    assert parts == rupees(l1="33.34", l2="33.33", l3="33.33")


def test_no_line_gives_more_than_it_costs():
    parts = parts_of(Decimal("99.99"), rupees(l1="1", l2="1"), room=rupees(l1="49.99", l2="49.995"))

    assert parts == {1: Decimal("49.99"), 2: Decimal("49.99")}


def test_a_part_of_nothing_is_no_part():
    assert parts_of(Decimal(5), rupees(l1="1", l2="0"), room=rupees(l1="9", l2="9")) == {
        1: Decimal("5.00")
    }
    assert parts_of(Decimal(0), {}, room={}) == {}


@pytest.mark.parametrize(
    ("name", "english", "hindi"),
    [
        ("Diwali: 10% off / दीवाली: 10% छूट", "Diwali: 10% off", "दीवाली: 10% छूट"),
        ("Ten off", "Ten off", "Ten off"),
        ("Lamps / candles", "Lamps / candles", "Lamps / candles"),
    ],
)
def test_a_name_may_hold_both_languages(name, english, hindi):
    assert in_language(name, "en") == english
    assert in_language(name, "hi") == hindi


def facts(*, everything=False, products=(), excluded=(), classes=(), below=(), not_below=()):
    return RangeFacts(
        is_everything=everything,
        products=frozenset(products),
        excluded=frozenset(excluded),
        classes=frozenset(classes),
        categories=frozenset(below),
        excluded_categories=frozenset(not_below),
    )


LOTA = ProductFacts(7, frozenset({7, 3}), frozenset({2}), frozenset({"00010002"}))


@pytest.mark.parametrize(
    ("kept", "is_in"),
    [
        (facts(), False),
        (facts(everything=True), True),
        (facts(everything=True, excluded=[7]), False),
        (facts(everything=True, not_below=["0001"]), False),
        (facts(everything=True, not_below=["0002"]), True),
        (facts(products=[7]), True),
        (facts(products=[3]), True),
        (facts(products=[8]), False),
        (facts(products=[7], excluded=[3]), False),
        (facts(classes=[2]), True),
        (facts(below=["0001"]), True),
        (facts(below=["00010003"]), False),
    ],
)
def test_a_range_holds_what_staff_put_in_and_did_not_take_out(kept, is_in):
    assert holds(kept, LOTA) is is_in
