"""Every request is checked as Stripe would check it: key, version, parameters, repetition."""

import json
import threading

import pytest
import stripe
from stripe import AuthenticationError, IdempotencyError, InvalidRequestError


def test_the_calls_the_shop_makes_are_accepted(client, double, session, paid):
    charge, intent = paid.payment_intent.latest_charge, paid.payment_intent
    refund = {"payment_intent": intent.id, "amount": 50_000, "reason": "requested_by_customer"}
    since = {"gte": session.created - 5}

    made = client.refunds.create(
        {**refund, "metadata": {"refund": "r1"}}, {"idempotency_key": "ref:r1:create"}
    )
    expanded = client.checkout.sessions.retrieve(
        session.id,
        {"expand": ["line_items", "payment_intent.latest_charge.balance_transaction"]},
    )
    complete = client.checkout.sessions.list({"created": since, "status": "complete", "limit": 100})
    events = client.events.list(
        {"types": ["charge.refunded"], "created": since, "delivery_success": False, "limit": 100}
    )

    assert [r.id for r in client.refunds.list({"payment_intent": intent.id, "limit": 100})] == [
        made.id
    ]
    assert client.disputes.list({"payment_intent": intent.id}).data == []
    assert client.charges.retrieve(charge.id).amount_refunded == 50_000
    assert expanded.payment_intent.latest_charge.balance_transaction.net == 243_026
    assert expanded.line_items.data[0].amount_total == 248_900
    assert [s.id for s in complete] == [session.id]
    assert {e.type for e in events} <= {"charge.refunded"}
    assert [b.type for b in client.balance_transactions.list({"created": since})] == [
        "refund",
        "charge",
    ]


def test_the_removed_parameter_payment_method_types_is_refused(client, order):
    with pytest.raises(InvalidRequestError) as refused:
        client.checkout.sessions.create(order(payment_method_types=["card"]))

    assert refused.value.code == "parameter_unknown"
    assert refused.value.param == "payment_method_types"
    assert client.checkout.sessions.list().data == []


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"ui_mode": "custom"}, "ui_mode", None),
        ({"locale": "hi"}, "locale", None),
        ({"mode": None}, "mode", "parameter_missing"),
        ({"success_url": None}, "success_url", "parameter_missing"),
        ({"success_url": "javascript:alert(1)"}, "success_url", "url_invalid"),
        ({"customer_email": "nobody"}, "customer_email", "email_invalid"),
        ({"currency": "usd"}, "currency", None),
        ({"customer": "cus_none", "customer_email": None}, "customer", "resource_missing"),
        ({"metadata": {"k" * 41: "v"}}, "metadata", None),
        ({"line_items": [{"quantity": 1}]}, "line_items[0][price_data]", "parameter_missing"),
        (
            {"line_items": [{"quantity": "two"}]},
            "line_items[0][quantity]",
            "parameter_invalid_integer",
        ),
        (
            {"payment_intent_data": {"statement_descriptor_suffix": "12345"}},
            "payment_intent_data[statement_descriptor_suffix]",
            None,
        ),
        (
            {"payment_intent_data": {"descripton": "x"}},
            "payment_intent_data[descripton]",
            "parameter_unknown",
        ),
    ],
)
def test_a_wrong_parameter_is_named(client, order, changes, param, code):
    with pytest.raises(InvalidRequestError) as refused:
        client.checkout.sessions.create(order(**changes))

    assert (refused.value.param, refused.value.code) == (param, code)


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "subscription"},
        {"ui_mode": "embedded_page"},
        {"discounts": [{"coupon": "x"}]},
        {"customer_creation": "always"},
        {"payment_intent_data": {"capture_method": "manual"}},
        {"allowed_payment_method_types": ["upi"]},
    ],
)
def test_what_is_not_imitated_is_refused_and_not_swallowed(client, order, changes):
    with pytest.raises(InvalidRequestError) as refused:
        client.checkout.sessions.create(order(**changes))

    assert refused.value.code == "not_played_offline"


@pytest.mark.parametrize("key", ["sk_live_1", "pk_test_1", "nonsense"])
def test_only_a_test_key_opens_the_door(double, connect, key):
    with pytest.raises(AuthenticationError):
        connect(double, key).events.list()


def test_a_restricted_test_key_opens_the_door(double, connect):
    assert connect(double, "rk_test_1").events.list().data == []


def test_another_api_version_is_refused(double, connect):
    with pytest.raises(InvalidRequestError, match="speaks"):
        connect(double, stripe_version="2024-06-20").events.list()


def test_an_endpoint_that_is_not_played_is_a_404(client):
    with pytest.raises(InvalidRequestError) as refused:
        client.payment_intents.create({"amount": 100, "currency": "inr"})

    assert refused.value.http_status == 404


def test_an_unknown_object_is_named_in_the_404(client):
    with pytest.raises(InvalidRequestError) as refused:
        client.refunds.retrieve("re_none")

    assert refused.value.code == "resource_missing"


def test_an_id_with_a_slash_stays_one_id(client):
    with pytest.raises(InvalidRequestError) as refused:
        client.charges.retrieve("ch_1/../x")

    assert refused.value.code == "resource_missing"


def test_the_same_key_and_body_get_the_same_bytes_again(client, order):
    params = order()

    first = client.checkout.sessions.create(params, {"idempotency_key": "att:1:create"})
    second = client.checkout.sessions.create(params, {"idempotency_key": "att:1:create"})

    assert second.last_response.body == first.last_response.body
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(client.checkout.sessions.list().data) == 1


def test_the_same_key_with_another_body_is_refused(client, order):
    options = {"idempotency_key": "att:2:create"}
    client.checkout.sessions.create(order(), options)

    with pytest.raises(IdempotencyError):
        client.checkout.sessions.create(order(client_reference_id="other"), options)

    assert len(client.checkout.sessions.list().data) == 1


def test_a_refusal_by_the_endpoint_is_replayed_too(client, double, paid):
    params = {"payment_intent": paid.payment_intent.id, "amount": 999_999}
    options = {"idempotency_key": "ref:big"}
    messages = set()

    for _ in range(2):
        with pytest.raises(InvalidRequestError) as refused:
            client.refunds.create(params, options)
        messages.add(refused.value.http_body)

    assert len(messages) == 1
    assert refused.value.headers["Idempotent-Replayed"] == "true"


def test_a_refusal_of_the_parameters_is_not_kept_under_the_key(client, order):
    options = {"idempotency_key": "att:3:create"}
    with pytest.raises(InvalidRequestError):
        client.checkout.sessions.create(order(payment_method_types=["card"]), options)

    made = client.checkout.sessions.create(order(), options)

    assert made.status == "open"


def test_a_key_is_forgotten_after_a_day(client, double, order):
    options = {"idempotency_key": "att:4:create"}
    first = client.checkout.sessions.create(order(), options)

    now = double.clock(advance=24 * 3600 + 1)["now"]
    second = client.checkout.sessions.create(order(expires_at=now + 3600), options)

    assert second.id != first.id


def test_a_second_request_with_a_key_in_flight_is_a_conflict(client, double, order, until):
    params, options = order(), {"idempotency_key": "att:5:create"}
    double.fault("slow", seconds=0.8, verb="POST")
    made = []
    slow = threading.Thread(
        target=lambda: made.append(client.checkout.sessions.create(params, options))
    )
    slow.start()
    until(lambda: not double.faults_waiting())

    with pytest.raises(stripe.APIError) as refused:
        client.checkout.sessions.create(params, options)
    slow.join()

    assert refused.value.http_status == 409
    assert json.loads(refused.value.http_body)["error"]["code"] == "idempotency_key_in_use"
    assert [s.id for s in client.checkout.sessions.list()] == [made[0].id]


def test_lists_are_newest_first_and_page_both_ways(client, order):
    made = [client.checkout.sessions.create(order(metadata={"n": str(n)})).id for n in range(5)]
    newest = made[::-1]

    first = client.checkout.sessions.list({"limit": 2})
    second = client.checkout.sessions.list({"limit": 2, "starting_after": first.data[-1].id})
    back = client.checkout.sessions.list({"limit": 2, "ending_before": newest[3]})
    everything = [s.id for s in client.checkout.sessions.list({"limit": 2}).auto_paging_iter()]

    assert ([s.id for s in first], first.has_more) == (newest[:2], True)
    assert [s.id for s in second] == newest[2:4]
    assert ([s.id for s in back], back.has_more) == (newest[1:3], True)
    assert everything == newest


def test_lists_take_created_bounds_by_the_doubles_clock(client, double, order):
    old = client.checkout.sessions.create(order())
    now = double.clock(advance=600)["now"]
    new = client.checkout.sessions.create(order(expires_at=now + 3600))

    late = client.checkout.sessions.list({"created": {"gt": old.created}})
    early = client.checkout.sessions.list({"created": {"lt": new.created}})

    assert [s.id for s in late] == [new.id]
    assert [s.id for s in early] == [old.id]


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_has_1_to_100_rows(client, limit):
    with pytest.raises(InvalidRequestError, match="limit"):
        client.refunds.list({"limit": limit})


def test_objects_are_ids_until_they_are_expanded(client, paid):
    bare = client.checkout.sessions.retrieve(paid.id)
    listed = client.checkout.sessions.list({"expand": ["data.payment_intent"]})

    assert bare.payment_intent == paid.payment_intent.id
    assert isinstance(client.payment_intents.retrieve(bare.payment_intent).latest_charge, str)
    assert listed.data[0].payment_intent.status == "succeeded"
    assert not hasattr(bare, "line_items")


def test_refunds_of_a_charge_are_shown_on_demand(client, paid):
    refund = client.refunds.create({"charge": paid.payment_intent.latest_charge.id})

    shown = client.checkout.sessions.retrieve(
        paid.id, {"expand": ["payment_intent.latest_charge.refunds"]}
    )

    assert [r.id for r in shown.payment_intent.latest_charge.refunds] == [refund.id]


def test_what_cannot_be_expanded_is_refused(client, session):
    with pytest.raises(InvalidRequestError, match="expanded"):
        client.checkout.sessions.retrieve(session.id, {"expand": ["shipping"]})


def test_a_customer_is_made_changed_and_named_in_a_session(client, order):
    made = client.customers.create(
        {"name": "आशा", "email": "asha@example.in", "metadata": {"buyer": "7", "old": "1"}}
    )
    client.customers.update(made.id, {"phone": "+919000000000", "metadata": {"old": ""}})

    customer = client.customers.retrieve(made.id)
    session = client.checkout.sessions.create(order(customer=made.id, customer_email=None))

    assert (customer.name, customer.phone) == ("आशा", "+919000000000")
    assert customer.metadata.to_dict() == {"buyer": "7"}
    assert session.customer == made.id
