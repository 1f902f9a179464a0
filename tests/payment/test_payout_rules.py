"""Where a payout may go, and what it does to our balance at the provider."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from storefront.ledger import rules as ledger
from storefront.ledger.rules import Account, JournalKind, Posting
from storefront.payment.gateways import stripe_reading as reading
from storefront.payment.gateways.base import PayoutSeen
from storefront.payment.rules import PAYOUT_MOVES, PayoutState, payout_rows

S = PayoutState


@pytest.mark.parametrize("state", [S.PENDING, S.IN_TRANSIT, S.PAID])
def test_money_leaves_the_provider_when_a_payout_is_made(state: PayoutState) -> None:
    assert payout_rows(60_000, state) == {JournalKind.PAYOUT: -60_000}


@pytest.mark.parametrize("state", [S.FAILED, S.CANCELED])
def test_money_that_our_bank_did_not_keep_is_at_the_provider_again(state: PayoutState) -> None:
    rows = payout_rows(60_000, state)

    assert rows == {JournalKind.PAYOUT: -60_000, JournalKind.PAYOUT_FAILED: 60_000}


def test_a_payout_may_fail_after_it_was_paid_and_is_over_then() -> None:
    assert PAYOUT_MOVES[S.PAID] == {S.FAILED}
    assert PAYOUT_MOVES[S.FAILED] == PAYOUT_MOVES[S.CANCELED] == frozenset()


def test_no_payout_goes_back_to_where_it_was() -> None:
    later = [S.PENDING, S.IN_TRANSIT, S.PAID, S.FAILED]

    for old in later:
        assert not PAYOUT_MOVES[old] & set(later[: later.index(old) + 1])


def test_what_a_provider_sends_to_our_bank_or_takes_there() -> None:
    assert ledger.paid_out(60_000) == [
        Posting(Account.BANK, 60_000),
        Posting(Account.GATEWAY_CLEARING, -60_000),
    ]
    assert ledger.paid_out(-500) == ledger.turned_round(ledger.paid_out(500))


@pytest.mark.parametrize(("status", "state"), [("in_transit", S.IN_TRANSIT), ("new", S.IN_TRANSIT)])
def test_a_status_that_is_new_to_us_is_a_payout_under_way(status: str, state: PayoutState) -> None:
    told = SimpleNamespace(
        id="po_1",
        amount=500,
        status=status,
        arrival_date=1_795_651_200,
        created=1_795_478_400,
        failure_code=None,
    )

    assert reading.payout(told) == PayoutSeen(
        reference="po_1",
        amount_paise=500,
        state=state,
        arrives_on=date(2026, 11, 26),
        made_at=datetime(2026, 11, 24, tzinfo=UTC),
    )
