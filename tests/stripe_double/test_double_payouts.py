"""Payouts to the shop's bank: the balance goes down at once, and up again if they fail."""

import pytest
from stripe import InvalidRequestError

from fixtures.stripe_double.runner import ControlError

DAY = 86_400
# ₹2,489.00 less 2 % and 18 % GST on that.
NET = 248_900 - 4_978 - 896


@pytest.fixture(autouse=True)
def _real_time(double):
    yield
    double.clock(offset=0)


def funds(client):
    """Return what is available and what is pending, in paise."""
    sheet = client.balance.retrieve()
    return sheet.available[0].amount, sheet.pending[0].amount


def test_money_of_a_charge_is_pending_and_then_available(client, double, paid):
    before = funds(client)

    double.clock(advance=6 * DAY)

    assert (before, funds(client)) == ((0, NET), (NET, 0))


def test_a_payout_takes_what_is_available_and_says_where_it_stands(client, double, paid):
    double.clock(advance=6 * DAY)

    made = double.payout()

    row = client.balance_transactions.retrieve(made["balance_transaction"], {"expand": ["source"]})
    assert (made["amount"], made["status"], made["automatic"]) == (NET, "pending", True)
    assert made["arrival_date"] % DAY == 0
    assert (row.amount, row.net, row.type, row.source.id) == (-NET, -NET, "payout", made["id"])
    assert funds(client) == (0, 0)
    double.clock(advance=DAY)
    assert client.payouts.retrieve(made["id"]).status == "in_transit"
    double.clock(advance=DAY)
    assert client.payouts.retrieve(made["id"]).status == "paid"
    told = [each.type for each in client.events.list({"type": "payout.*"})]
    assert told == ["payout.paid", "payout.updated", "payout.created"]


@pytest.mark.parametrize("is_paid", [True, False])
def test_a_payout_may_fail_also_after_it_was_paid(client, double, paid, is_paid):
    made = double.payout(amount=50_000)
    if is_paid:
        double.settle(payout=made["id"])

    double.payout_fails(made["id"], reason="account_frozen")

    failed = client.payouts.retrieve(made["id"], {"expand": ["failure_balance_transaction"]})
    back = failed.failure_balance_transaction
    assert (failed.status, failed.failure_code) == ("failed", "account_frozen")
    assert (back.amount, back.type, back.source) == (50_000, "payout_failure", made["id"])
    assert sum(funds(client)) == NET
    assert client.events.list().data[0].type == "payout.failed"
    with pytest.raises(ControlError, match="failed"):
        double.payout_fails(made["id"])
    double.clock(advance=3 * DAY)
    assert client.payouts.retrieve(made["id"]).status == "failed"


def test_a_payout_is_never_more_than_there_is(client, double, paid):
    with pytest.raises(ControlError, match="balance_insufficient"):
        double.payout(amount=NET + 1)
    with pytest.raises(ControlError, match="nothing"):
        double.payout()

    assert client.payouts.list().data == []


def test_what_the_shop_owes_is_taken_from_its_bank(client, double, paid):
    client.refunds.create({"payment_intent": paid.payment_intent.id})
    double.clock(advance=6 * DAY)

    made = double.payout()

    assert made["amount"] == NET - 248_900 < 0
    assert funds(client) == (0, 0)


def test_only_a_pending_payout_that_a_person_asked_for_is_canceled(client, double, paid):
    automatic = double.payout(amount=500)
    asked = double.payout(amount=500, automatic=False)

    done = client.payouts.cancel(asked["id"])

    assert (done.status, done.failure_code) == ("canceled", None)
    assert sum(funds(client)) == NET - 500
    for payout in (automatic, asked):
        with pytest.raises(InvalidRequestError, match="canceled while"):
            client.payouts.cancel(payout["id"])


def test_payouts_are_listed_by_status_and_time_the_newest_first(client, double, paid):
    first, second = (double.payout(amount=500) for _ in range(2))
    double.settle(payout=first["id"])

    assert [each.id for each in client.payouts.list()] == [second["id"], first["id"]]
    assert [each.id for each in client.payouts.list({"status": "paid"})] == [first["id"]]
    assert client.payouts.list({"created": {"gte": first["created"] + 60}}).data == []
    with pytest.raises(InvalidRequestError, match="no payout to list by"):
        client.balance_transactions.list({"payout": first["id"]})
