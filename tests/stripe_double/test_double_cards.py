"""Each well-known test card does what Stripe's does, on the hosted page without JavaScript."""

from datetime import UTC, datetime

import pytest
from stripe import InvalidRequestError

from fixtures.stripe_double import cards
from fixtures.stripe_double.words import rupees

TYPED = {"expiry": "12 / 34", "cvc": "123"}


def state(client, session):
    """Return the session with its payment as Stripe now shows it."""
    return client.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge"]}
    )


@pytest.mark.parametrize("number", ["4242424242424242", "4242 4242 4242 4242"])
def test_the_plain_card_pays_and_leads_back_to_the_shop(client, visitor, session, number):
    answer = visitor.post(session.url, number=number, **TYPED)

    now = state(client, session)
    assert answer.status == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:8000/pay/return/a1/?cs={session.id}"
    assert (now.status, now.payment_status, now.url) == ("complete", "paid", None)
    assert now.payment_intent.amount_received == 248_900
    assert now.payment_intent.metadata["attempt"] == "a1"
    assert now.payment_intent.latest_charge.payment_method_details.card.last4 == "4242"


@pytest.mark.parametrize(
    ("number", "reason"),
    [("4000000000000002", "generic_decline"), ("4000000000009995", "insufficient_funds")],
)
def test_a_declined_card_leaves_the_session_open_and_payable(
    client, visitor, session, number, reason
):
    answer = visitor.post(session.url, number=number, **TYPED)

    refused = state(client, session)
    assert answer.status == 402
    assert 'role="alert"' in answer.html
    assert (refused.status, refused.payment_status) == ("open", "unpaid")
    assert refused.payment_intent.status == "requires_payment_method"
    assert refused.payment_intent.last_payment_error.code == "card_declined"
    assert refused.payment_intent.last_payment_error.decline_code == reason
    assert refused.payment_intent.latest_charge.status == "failed"
    assert refused.payment_intent.amount_received == 0

    visitor.post(session.url, card="4242424242424242")

    assert state(client, session).payment_status == "paid"


@pytest.mark.parametrize("number", ["4000002500003155", "4000000000003220"])
def test_a_passed_3d_secure_question_pays(client, visitor, double, session, number):
    asked = visitor.post(session.url, number=number, **TYPED)
    question = visitor.get(double.url + asked.headers["Location"])
    waiting = state(client, session)
    answer = visitor.post(double.url + asked.headers["Location"], result="complete")

    charge = state(client, session).payment_intent.latest_charge
    assert asked.headers["Location"].endswith("/challenge")
    assert 'value="complete"' in question.html
    assert waiting.payment_intent.status == "requires_action"
    assert answer.headers["Location"].startswith("http://127.0.0.1:8000/pay/return/")
    assert charge.payment_method_details.card.three_d_secure.result == "authenticated"


def test_a_failed_3d_secure_question_leaves_the_session_payable(client, visitor, double, session):
    asked = visitor.post(session.url, number="4000002500003155", **TYPED)
    answer = visitor.post(double.url + asked.headers["Location"], result="fail")
    page = visitor.get(session.url)

    now = state(client, session)
    assert answer.headers["Location"] == f"/c/pay/{session.id}"
    assert "could not confirm" in page.html
    assert now.status == "open"
    assert now.payment_intent.status == "requires_payment_method"
    assert now.payment_intent.last_payment_error.code == "payment_intent_authentication_failure"
    assert now.payment_intent.latest_charge is None


def test_a_card_may_be_declined_after_3d_secure(client, visitor, double, session):
    asked = visitor.post(session.url, number="4000008400001629", **TYPED)
    answer = visitor.post(double.url + asked.headers["Location"], result="complete")
    page = visitor.get(session.url)

    now = state(client, session)
    assert answer.headers["Location"] == f"/c/pay/{session.id}"
    assert "The bank declined this card" in page.html
    assert now.status == "open"
    assert now.payment_intent.last_payment_error.decline_code == "generic_decline"


def test_another_card_can_be_used_while_3d_secure_waits(client, visitor, double, session):
    asked = visitor.post(session.url, number="4000002500003155", **TYPED)
    visitor.post(session.url, number="4242424242424242", **TYPED)
    late = visitor.post(double.url + asked.headers["Location"], result="complete")

    assert state(client, session).payment_intent.amount_received == 248_900
    assert late.headers["Location"] == f"/c/pay/{session.id}"
    assert len(client.charges.list().data) == 1


def test_the_dispute_card_pays_and_is_disputed_at_once(client, double, session):
    double.pay(session.id, "4000000000000259")

    now = state(client, session)
    disputes = client.disputes.list({"payment_intent": now.payment_intent.id}).data
    assert now.payment_status == "paid"
    assert now.payment_intent.latest_charge.disputed is True
    assert [(d.status, d.amount) for d in disputes] == [("needs_response", 248_900)]


def test_the_slow_refund_card_refunds_after_a_while(client, double, session):
    paid = double.pay(session.id, "4000000000007726")
    refund = client.refunds.create({"payment_intent": paid["payment_intent"]})

    double.clock(advance=61)

    assert refund.status == "pending"
    assert client.refunds.retrieve(refund.id).status == "succeeded"


def test_the_failing_refund_card_sends_the_money_back(client, double, session):
    paid = double.pay(session.id, "4000000000005126")
    refund = client.refunds.create({"payment_intent": paid["payment_intent"], "amount": 900})

    double.clock(advance=61)

    failed = client.refunds.retrieve(
        refund.id, {"expand": ["failure_balance_transaction", "charge"]}
    )
    assert refund.status == "succeeded"
    assert failed.status == "failed"
    assert failed.failure_reason == "lost_or_stolen_card"
    assert failed.failure_balance_transaction.amount == 900
    assert failed.charge.amount_refunded == 0


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"number": "4242424242424241"}, "number", "not right"),
        ({"number": ""}, "number", "not right"),
        ({"number": "5555555555554444"}, "number", "Only test cards"),
        ({"expiry": "13/34"}, "expiry", "like 12/34"),
        ({"expiry": "01/20"}, "expiry", "no longer valid"),
        ({"cvc": "12"}, "cvc", "3 or 4 digits"),
    ],
)
def test_a_slip_of_the_pen_is_shown_beside_its_field(client, visitor, session, form, field, words):
    answer = visitor.post(session.url, **{"number": "4242424242424242", **TYPED, **form})

    assert answer.status == 400
    assert f'id="{field}-error"' in answer.html
    assert words in answer.html
    assert state(client, session).payment_intent is None


def test_a_typed_number_is_not_written_back_into_the_page(visitor, session):
    answer = visitor.post(session.url, number="5555555555554444", **TYPED)

    assert "5555555555554444" not in answer.html


def test_a_payment_settled_later_is_first_processing_and_then_paid(client, double, session):
    double.pay_later(session.id)
    waiting = state(client, session)

    double.settle(session=session.id, ok=True)

    now = state(client, session)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert waiting.payment_intent.status == "processing"
    assert (now.payment_status, now.payment_intent.status) == ("paid", "succeeded")


def test_a_payment_settled_later_may_fail(client, double, session):
    double.pay_later(session.id)
    double.settle(session=session.id, ok=False)

    now = state(client, session)
    assert (now.status, now.payment_status) == ("complete", "unpaid")
    assert now.payment_intent.status == "requires_payment_method"
    assert now.payment_intent.latest_charge.status == "failed"


def test_two_tabs_pay_once(client, visitor, session):
    visitor.post(session.url, card="4242424242424242")
    again = visitor.post(session.url, card="4242424242424242")

    assert again.status == 200
    assert "This payment is complete" in again.html
    assert len(client.charges.list().data) == 1


def test_the_intent_of_a_session_cannot_be_canceled_by_itself(client, double, session):
    refused = double.pay(session.id, "4000000000000002")

    with pytest.raises(InvalidRequestError) as error:
        client.payment_intents.cancel(refused["payment_intent"])

    assert error.value.code == "payment_intent_unexpected_state"
    assert state(client, session).status == "open"


def test_a_card_is_valid_to_the_end_of_its_month_in_india():
    last_hour = datetime(2034, 12, 31, 18, 0, tzinfo=UTC).timestamp()
    new_year_in_india = datetime(2034, 12, 31, 18, 30, tzinfo=UTC).timestamp()

    assert cards.expiry_problem("12/34", now=int(last_hour)) is None
    assert cards.expiry_problem("12/34", now=int(new_year_in_india)) == "invalid_expiry_year"


@pytest.mark.parametrize("number", cards.CARDS)
def test_every_test_card_has_a_right_check_digit(number):
    assert cards.luhn_holds(number)
    assert not cards.luhn_holds(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("paise", "text"),
    [(50, "₹0.50"), (99_900, "₹999.00"), (248_900, "₹2,489.00"), (99_999_999, "₹9,99,999.99")],
)
def test_rupees_are_grouped_the_indian_way(paise, text):
    assert rupees(paise) == text
