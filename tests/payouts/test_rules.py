"""What can be paid out, and what a bank's answer says: no database is asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storefront.core.machine import IllegalMove, check_move
from storefront.ledger import rules as ledger
from storefront.ledger.rules import Account, JournalKind, Posting
from storefront.order.rules import SellerOrderState
from storefront.payouts.rules import (
    BATCH_MOVES,
    PAYOUT_MOVES,
    BatchState,
    Item,
    PartOwed,
    PayoutState,
    Standing,
    Terms,
    clean_utr,
    is_utr,
    item_of,
    payable,
    read_utrs,
    standing,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TERMS = Terms(days=7, least_paise=10_000)
S = SellerOrderState


@pytest.fixture(autouse=True)
def _rates() -> None:
    """Ask no database for rates."""


def part(paise: int = 93_654, **facts: Any) -> PartOwed:
    known: dict[str, Any] = {
        "number": "ZK-1",
        "entries": (1,),
        "state": S.DELIVERED,
        "arrived_at": NOON - timedelta(days=7),
        "is_questioned": False,
    }
    return PartOwed(paise=paise, **(known | facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Standing.READY),
        ({"state": S.CLOSED}, Standing.READY),
        ({"arrived_at": NOON - timedelta(days=7) + timedelta(seconds=1)}, Standing.MAY_COME_BACK),
        ({"state": S.SHIPPED}, Standing.NOT_ARRIVED),
        ({"arrived_at": None}, Standing.NOT_ARRIVED),
        ({"state": S.CANCELLED, "arrived_at": None}, Standing.READY),
        ({"is_questioned": True}, Standing.QUESTIONED),
        ({"state": S.CANCELLED, "is_questioned": True}, Standing.QUESTIONED),
    ],
)
def test_a_part_is_paid_when_it_arrived_and_cannot_come_back_and_nobody_asks(
    facts: dict[str, Any], expected: Standing
) -> None:
    assert standing(part(**facts), now=NOON, terms=TERMS) == expected


def test_only_ready_parts_are_paid() -> None:
    ready, travelling = part(), part(state=S.SHIPPED)
    asked = part(is_questioned=True)

    assert payable([ready, travelling, asked], now=NOON, terms=TERMS) == [ready]


@pytest.mark.parametrize("facts", [{}, {"state": S.SHIPPED}, {"is_questioned": True}])
def test_what_a_seller_owes_us_goes_first_whatever_the_part(facts: dict[str, Any]) -> None:
    ready, owing = part(93_654), part(-60_000, **facts)

    assert payable([ready, owing], now=NOON, terms=TERMS) == [ready, owing]


@pytest.mark.parametrize(("second", "is_paid"), [(-83_654, True), (-83_655, False)])
def test_a_hundred_rupees_are_paid_and_a_paisa_less_is_not(second: int, is_paid: bool) -> None:
    parts = [part(93_654), part(second)]

    assert payable(parts, now=NOON, terms=TERMS) == (parts if is_paid else [])


def test_nothing_is_not_paid_even_if_the_least_is_nothing() -> None:
    free = Terms(days=7, least_paise=0)

    assert payable([part(5), part(-5)], now=NOON, terms=free) == []


def test_a_batch_goes_to_the_bank_approved_and_ends_there() -> None:
    for old, new in (("draft", "exported"), ("closed", "draft"), ("exported", "approved")):
        with pytest.raises(IllegalMove):
            check_move(BATCH_MOVES, old=BatchState(old), new=BatchState(new))


@pytest.mark.parametrize("new", PayoutState)
def test_a_failed_payout_stays_failed(new: PayoutState) -> None:
    with pytest.raises(IllegalMove):
        check_move(PAYOUT_MOVES, old=PayoutState.FAILED, new=new)


@pytest.mark.parametrize(
    ("text", "utr"),
    [(" sbin 0000 1234 5678 ", "SBIN000012345678"), ("४१२३१२३४५६७८", "412312345678")],
)
def test_a_reference_is_read_as_people_type_it(text: str, utr: str) -> None:
    assert clean_utr(text) == utr
    assert is_utr(utr)


@pytest.mark.parametrize("text", ["", "SBIN123", "SBIN-00012345678", "X" * 23, "SBIN00001234\n"])
def test_what_no_bank_writes_is_no_reference(text: str) -> None:
    assert not is_utr(text)


def test_a_banks_answer_is_read_line_by_line() -> None:
    text = "ZP1,SBIN000000000001\n\n zp2 ; sbin 0000 0000 0002\r\nZP३\tSBIN000000000003"

    assert read_utrs(text) == (
        {1: "SBIN000000000001", 2: "SBIN000000000002", 3: "SBIN000000000003"},
        [],
    )


@pytest.mark.parametrize(
    "line",
    [
        "number,UTR",
        "ZP2",
        "2,SBIN000000000002",
        "ZP0,SBIN000000000002",
        "ZP02,SBIN000000000002",
        "ZP1,SBIN000000000002",
        "ZP2,SBIN000000000001",
        "ZP2,=1+1",
        "ZP99999999999999999999,SBIN000000000002",
    ],
)
def test_a_senseless_or_second_line_is_told(line: str) -> None:
    found, senseless = read_utrs(f"ZP1,SBIN000000000001\n{line}\n")

    assert (found, senseless) == ({1: "SBIN000000000001"}, [line])


def test_what_is_paid_is_owed_no_more_and_left_the_bank() -> None:
    assert ledger.seller_paid(7, 93_654) == [
        Posting(Account.SELLER_PAYABLE, 93_654, 7),
        Posting(Account.BANK, -93_654),
    ]


def test_what_was_not_sold_was_taken_back() -> None:
    assert item_of(JournalKind.SALE) == Item.SOLD
    assert item_of(JournalKind.SALE_UNDONE) == Item.TAKEN_BACK
