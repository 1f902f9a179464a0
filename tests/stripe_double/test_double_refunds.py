"""Refunds never exceed the payment, and disputes take money back."""

import pytest
from stripe import InvalidRequestError

from fixtures.stripe_double.runner import ControlError


def test_partial_refunds_add_up_and_no_more(client, paid):
    intent = paid.payment_intent.id
    first = client.refunds.create({"payment_intent": intent, "amount": 100_000})

    with pytest.raises(InvalidRequestError) as refused:
        client.refunds.create({"payment_intent": intent, "amount": 148_901})

    charge = client.charges.retrieve(first.charge)
    assert refused.value.param == "amount"
    assert (charge.amount_refunded, charge.refunded) == (100_000, False)


def test_the_rest_is_refunded_when_no_amount_is_given(client, paid):
    intent = paid.payment_intent.id
    client.refunds.create({"payment_intent": intent, "amount": 100_000})
    rest = client.refunds.create({"payment_intent": intent})

    with pytest.raises(InvalidRequestError) as refused:
        client.refunds.create({"payment_intent": intent})

    assert rest.amount == 148_900
    assert client.charges.retrieve(rest.charge).refunded is True
    assert refused.value.code == "charge_already_refunded"


@pytest.mark.parametrize("amount", [0, -5])
def test_a_refund_is_at_least_a_paisa(client, paid, amount):
    with pytest.raises(InvalidRequestError):
        client.refunds.create({"payment_intent": paid.payment_intent.id, "amount": amount})

    assert client.refunds.list().data == []


def test_a_payment_that_failed_has_nothing_to_refund(client, double, session):
    tried = double.pay(session.id, "4000000000000002")

    with pytest.raises(InvalidRequestError):
        client.refunds.create({"payment_intent": tried["payment_intent"]})


def test_a_refund_books_its_money_out_and_keeps_its_metadata(client, paid):
    made = client.refunds.create(
        {"payment_intent": paid.payment_intent.id, "amount": 500, "metadata": {"refund": "r1"}}
    )
    row = client.balance_transactions.retrieve(made.balance_transaction, {"expand": ["source"]})

    assert (row.amount, row.fee, row.net, row.type) == (-500, 0, -500, "refund")
    assert row.source.metadata["refund"] == "r1"


def test_a_dashboard_refund_appears_without_a_request(client, double, paid):
    refund = double.dashboard_refund(session=paid.id, amount=700)
    event = client.events.list({"type": "refund.created"}).data[0]

    assert [r.id for r in client.refunds.list()] == [refund["id"]]
    assert event.request.id is None


def test_a_refund_that_the_bank_sends_back_gives_the_money_back(client, double, paid):
    refund = client.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 700})
    double.refund_fails(refund.id, reason="expired_or_canceled_card")

    failed = client.refunds.retrieve(refund.id)
    types = [e.type for e in client.events.list({"limit": 2})]
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert client.charges.retrieve(refund.charge).amount_refunded == 0
    assert types == ["refund.failed", "refund.updated"]


def test_a_pending_refund_can_be_settled_by_hand(client, double, session):
    paid = double.pay(session.id, "4000000000007726")
    refund = client.refunds.create({"payment_intent": paid["payment_intent"]})

    double.settle(refund=refund.id)
    double.clock(advance=61)

    updated = client.events.list({"type": "refund.updated"}).data
    assert client.refunds.retrieve(refund.id).status == "succeeded"
    assert [e.data.previous_attributes["status"] for e in updated] == ["pending"]


def test_a_disputed_charge_cannot_be_refunded(client, double, paid):
    double.dispute("open", session=paid.id)

    with pytest.raises(InvalidRequestError) as refused:
        client.refunds.create({"payment_intent": paid.payment_intent.id})

    assert refused.value.code == "charge_disputed"
    assert client.refunds.list().data == []


def test_a_won_dispute_brings_the_money_back_and_allows_refunds(client, double, paid):
    opened = double.dispute("open", session=paid.id, reason="product_not_received")
    double.dispute("win", dispute=opened["id"])

    won = client.disputes.retrieve(opened["id"])
    client.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 100})
    assert (won.status, won.reason) == ("won", "product_not_received")
    assert [row.amount for row in won.balance_transactions] == [-248_900, 248_900]
    assert [row.fee for row in won.balance_transactions] == [100_000, 0]
    assert [row.reporting_category for row in won.balance_transactions] == [
        "dispute",
        "dispute_reversal",
    ]


def test_a_lost_dispute_stays_lost(client, double, paid):
    opened = double.dispute("open", session=paid.id, amount=5_000)
    double.dispute("lose", session=paid.id)

    lost = client.disputes.retrieve(opened["id"])
    with pytest.raises(InvalidRequestError):
        client.disputes.update(lost.id, {"evidence": {"customer_name": "A"}})
    assert (lost.status, lost.amount) == ("lost", 5_000)


def test_an_inquiry_moves_no_money_and_leaves_refunds_open(client, double, paid):
    inquiry = double.dispute("warn", session=paid.id)
    client.refunds.create({"payment_intent": paid.payment_intent.id})

    assert inquiry["status"] == "warning_needs_response"
    assert inquiry["balance_transactions"] == []


def test_evidence_is_staged_and_then_sent(client, double, paid):
    opened = double.dispute("open", session=paid.id)
    evidence = {"evidence": {"shipping_tracking_number": "EA1IN"}}

    staged = client.disputes.update(opened["id"], {**evidence, "submit": False})
    sent = client.disputes.update(opened["id"], {**evidence, "metadata": {"case": "1"}})

    assert (staged.status, staged.evidence_details.submission_count) == ("needs_response", 0)
    assert (sent.status, sent.evidence_details.submission_count) == ("under_review", 1)
    assert sent.evidence.shipping_tracking_number == "EA1IN"


def test_closing_a_dispute_accepts_the_loss(client, double, paid):
    opened = double.dispute("open", session=paid.id)

    assert client.disputes.close(opened["id"]).status == "lost"


def test_a_charge_has_one_open_dispute(client, double, paid):
    double.dispute("open", session=paid.id)

    with pytest.raises(ControlError, match="already"):
        double.dispute("open", session=paid.id)
    assert len(client.disputes.list({"charge": paid.payment_intent.latest_charge.id}).data) == 1


def test_a_dispute_of_what_the_buyer_has_back_withdraws_only_the_rest(client, double, paid):
    client.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 200_000})
    part = double.dispute("open", session=paid.id)
    double.dispute("win", session=paid.id)
    client.refunds.create({"payment_intent": paid.payment_intent.id})
    nothing = double.dispute("open", session=paid.id)

    assert (part["amount"], part["balance_transactions"][0]["amount"]) == (248_900, -48_900)
    assert nothing["balance_transactions"] == []
    double.dispute("win", session=paid.id)
    assert client.disputes.retrieve(nothing["id"]).balance_transactions == []


def test_a_warning_of_fraud_is_told_and_listed_and_moves_no_money(client, double, paid):
    before = len(client.balance_transactions.list().data)

    warning = double.dispute("fraud", session=paid.id)

    listed = client.radar.early_fraud_warnings.list({"charge": warning["charge"]}).data
    assert [each.id for each in listed] == [warning["id"]]
    assert client.events.list().data[0].type == "radar.early_fraud_warning.created"
    assert len(client.balance_transactions.list().data) == before
