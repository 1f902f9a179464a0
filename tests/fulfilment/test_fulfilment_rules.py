"""What a seller does next, and how parcels are named; no database."""

import pytest

from storefront.fulfilment.rules import (
    CARRIERS,
    LONGEST,
    Action,
    clean_carrier,
    clean_tracking_number,
    is_tracking_number,
    next_action,
    tracking_link,
)
from storefront.order.rules import SellerOrderState


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (SellerOrderState.WAITING, None),
        (SellerOrderState.ACCEPTED, Action.PACK),
        (SellerOrderState.PACKED, Action.SHIP),
        (SellerOrderState.SHIPPED, None),
        (SellerOrderState.DELIVERED, None),
        (SellerOrderState.CLOSED, None),
        (SellerOrderState.CANCELLED, None),
    ],
)
def test_a_seller_packs_what_is_paid_and_sends_what_is_packed(state, action):
    assert next_action(state) is action


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" eu 123 456 789 in ", "EU123456789IN"),
        ("ईयू१२३४", "ईयू1234"),
        ("०१२३४५६७८९", "0123456789"),
        ("AB-12/7\n", "AB-12/7"),
        ("   ", ""),
    ],
)
def test_a_tracking_number_loses_blanks_and_gets_latin_digits(typed, kept):
    assert clean_tracking_number(typed) == kept


@pytest.mark.parametrize("number", ["EU123456789IN", "7", "A-1/2", "9" * LONGEST])
def test_letters_digits_and_hyphens_make_a_tracking_number(number):
    assert is_tracking_number(number)


@pytest.mark.parametrize("number", ["", "-12", "A_1", "ईयू1234", "9" * (LONGEST + 1), "A\x00"])
def test_anything_else_is_no_tracking_number(number):
    assert not is_tracking_number(number)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("india  post", "India Post"),
        ("DELHIVERY", "Delhivery"),
        ("Ramesh's\x00 tempo\n", "Ramesh's tempo"),
        ("डाक", "डाक"),
        (" \t ", ""),
    ],
)
def test_a_carrier_is_named_on_one_line_and_a_known_one_as_everybody_does(typed, kept):
    assert clean_carrier(typed) == kept


@pytest.mark.parametrize("carrier", CARRIERS)
def test_whom_we_suggest_can_be_followed(carrier):
    assert tracking_link(carrier, "EU123456789IN").startswith("https://")


def test_a_number_is_part_of_the_carriers_address_and_nothing_else():
    assert tracking_link("Blue Dart", "A-1/2") == (
        "https://www.bluedart.com/trackdartresultthirdparty?trackFor=0&trackNo=A-1%2F2"
    )


def test_anybody_elses_parcel_has_no_link():
    assert tracking_link("Ramu's tempo", "7") == ""
