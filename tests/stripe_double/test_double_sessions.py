"""Sessions open, expire and refuse as Stripe's do."""

import time

import pytest
from stripe import InvalidRequestError


def test_a_new_session_waits_for_its_buyer(client, order, double):
    session = client.checkout.sessions.create(order())

    assert session.url == f"{double.url}/c/pay/{session.id}"
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.amount_total, session.currency) == (248_900, "inr")
    assert (session.client_reference_id, session.livemode) == ("a1", False)
    assert session.payment_intent is None
    assert session.metadata.to_dict() == {"order": "CH-7K3Q9W", "attempt": "a1"}


def test_a_session_lives_a_day_when_nothing_is_said(client, order):
    session = client.checkout.sessions.create(order(expires_at=None))

    assert session.expires_at == session.created + 24 * 3600


@pytest.mark.parametrize("seconds", [30 * 60 - 10, 24 * 3600 + 60])
def test_a_session_lives_30_minutes_to_24_hours(client, order, seconds):
    with pytest.raises(InvalidRequestError) as refused:
        client.checkout.sessions.create(order(expires_at=int(time.time()) + seconds))

    assert refused.value.param == "expires_at"
    assert client.checkout.sessions.list().data == []


@pytest.mark.parametrize(
    ("paise", "code"), [(49, "amount_too_small"), (100_000_000, "amount_too_large")]
)
def test_an_amount_outside_the_limits_is_refused(client, order, paise, code):
    lines = order()["line_items"]
    lines[0]["price_data"]["unit_amount"] = paise

    with pytest.raises(InvalidRequestError) as refused:
        client.checkout.sessions.create(order(line_items=lines))

    assert refused.value.code == code


@pytest.mark.parametrize("paise", [50, 99_999_999])
def test_an_amount_at_the_limit_is_taken(client, order, paise):
    lines = order()["line_items"]
    lines[0]["price_data"]["unit_amount"] = paise

    assert client.checkout.sessions.create(order(line_items=lines)).amount_total == paise


def test_lines_add_up_to_the_total(client, order):
    price = {"currency": "inr", "unit_amount": 1_050, "product_data": {"name": "Diya"}}
    lines = [*order()["line_items"], {"quantity": 3, "price_data": price}]

    session = client.checkout.sessions.create(order(line_items=lines, expand=["line_items"]))

    assert session.amount_total == 252_050
    assert [line.amount_total for line in session.line_items] == [248_900, 3_150]
    assert [x.id for x in client.checkout.sessions.line_items.list(session.id)] == [
        x.id for x in session.line_items
    ]


def test_an_open_session_can_be_expired_by_hand_once(client, session):
    expired = client.checkout.sessions.expire(session.id)

    with pytest.raises(InvalidRequestError):
        client.checkout.sessions.expire(session.id)

    assert (expired.status, expired.url) == ("expired", None)


def test_a_paid_session_cannot_be_expired(client, paid):
    with pytest.raises(InvalidRequestError, match="complete"):
        client.checkout.sessions.expire(paid.id)

    assert client.checkout.sessions.retrieve(paid.id).payment_status == "paid"


def test_the_clock_expires_an_open_session_and_tells_the_shop(client, double, session, shop):
    double.clock(advance=35 * 60 + 1)
    shop.wait(1)

    assert client.checkout.sessions.retrieve(session.id).status == "expired"
    assert [(e.type, e.data.object.id) for e in shop.events()] == [
        ("checkout.session.expired", session.id)
    ]


def test_the_clock_leaves_a_paid_session_alone(client, double, paid):
    double.clock(advance=25 * 3600)

    assert client.checkout.sessions.retrieve(paid.id).status == "complete"
    assert client.events.list({"type": "checkout.session.expired"}).data == []


def test_an_expired_session_cancels_what_was_tried(client, double, session):
    tried = double.pay(session.id, "4000000000000002")
    client.checkout.sessions.expire(session.id)

    intent = client.payment_intents.retrieve(tried["payment_intent"])
    assert (intent.status, intent.cancellation_reason) == ("canceled", "expired")


def test_the_clock_can_be_set_back_to_the_real_time(double):
    double.clock(advance=5_000)
    now = double.clock(offset=0)["now"]

    assert abs(now - time.time()) < 5


def test_real_time_expires_a_session_without_any_request(client, double, session, shop):
    left = session.expires_at - double.health()["now"]
    double.clock(advance=left - 1)
    shop.wait(1)

    assert shop.types() == ["checkout.session.expired"]
