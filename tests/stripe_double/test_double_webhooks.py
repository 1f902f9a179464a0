"""Events reach the shop signed, again until taken, and as badly as the tests ask for."""

import time
from itertools import pairwise

import pytest
import stripe


def test_a_payment_tells_the_shop_with_signed_snapshots(client, double, session, shop):
    double.pay(session.id)
    shop.wait(2)

    done = next(e for e in shop.events() if e.type == "checkout.session.completed")
    assert sorted(shop.types()) == ["checkout.session.completed", "payment_intent.succeeded"]
    assert (done.api_version, done.livemode) == (stripe.api_version, False)
    assert (done.pending_webhooks, done.data.object.id) == (1, session.id)
    assert done.data.object.payment_status == "paid"


def test_a_wrong_secret_does_not_verify(double, session, shop):
    double.pay(session.id)
    shop.wait(1)
    headers, body = shop.received[0]

    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], "whsec_other")


def test_an_event_names_the_request_that_caused_it(client, paid):
    client.refunds.create(
        {"payment_intent": paid.payment_intent.id}, {"idempotency_key": "ref:9:create"}
    )

    event = client.events.list({"type": "charge.refunded"}).data[0]
    assert event.request.idempotency_key == "ref:9:create"
    assert event.request.id.startswith("req_")


def test_an_event_is_sent_again_until_it_is_taken(client, double, session, shop, until):
    shop.answers.extend([500, 404])
    client.checkout.sessions.expire(session.id)
    shop.wait(3)
    until(lambda: client.events.list({"delivery_success": True}).data != [])

    assert len({event.id for event in shop.events()}) == 1
    assert client.events.list().data[0].pending_webhooks == 0


def test_an_event_not_taken_yet_is_found_by_delivery_success(client, double, session, shop):
    shop.answers.extend([500] * 50)
    client.checkout.sessions.expire(session.id)
    shop.wait(1)

    failed = client.events.list({"delivery_success": False}).data
    assert [e.type for e in failed] == ["checkout.session.expired"]
    assert failed[0].pending_webhooks == 1


def test_a_dropped_event_never_arrives_but_is_listed(client, double, session, shop):
    double.webhooks(drop=1)
    client.checkout.sessions.expire(session.id)
    double.clock(advance=1)

    lost = client.events.list({"delivery_success": False}).data
    assert [(e.type, e.pending_webhooks) for e in lost] == [("checkout.session.expired", 0)]
    assert shop.received == []

    double.webhooks(resend=lost[0].id)
    shop.wait(1)
    assert [e.id for e in shop.events()] == [lost[0].id]


def test_a_doubled_event_arrives_twice_with_one_id(client, double, session, shop):
    double.webhooks(dup=1)
    client.checkout.sessions.expire(session.id)
    shop.wait(2)

    assert len({e.id for e in shop.events()}) == 1


def test_reordered_events_arrive_in_reverse(client, double, session, shop):
    double.webhooks(reorder=3)
    double.pay(session.id, "4000000000000002")
    double.pay(session.id)
    shop.wait(3)

    assert shop.types() == [
        "checkout.session.completed",
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
    ]


def test_held_events_are_let_go_when_reordering_ends(client, double, session, shop):
    double.webhooks(reorder=5)
    client.checkout.sessions.expire(session.id)
    double.webhooks(reorder=0)
    shop.wait(1)

    assert shop.types() == ["checkout.session.expired"]


def test_a_badly_signed_event_is_sent_well_signed_later(client, double, session, shop):
    double.webhooks(bad_sig=1)
    shop.answers.append(400)
    client.checkout.sessions.expire(session.id)
    shop.wait(2)

    verified = []
    for headers, body in shop.received:
        try:
            stripe.Webhook.construct_event(
                body, headers["Stripe-Signature"], "whsec_tests_of_the_double"
            )
        except stripe.SignatureVerificationError:
            verified.append(False)
        else:
            verified.append(True)
    assert verified == [False, True]


def test_a_delayed_event_comes_later(client, double, session, shop):
    double.webhooks(delay=0.6)
    client.checkout.sessions.expire(session.id)

    at_first = len(shop.received)
    shop.wait(1)
    assert at_first == 0
    assert shop.types() == ["checkout.session.expired"]


def test_an_endpoint_hears_only_what_it_asked_for(client, double, session, shop):
    endpoint = client.webhook_endpoints.create(
        {"url": shop.url, "enabled_events": ["payment_intent.created"]}
    )
    double.pay(session.id)
    shop.wait(3)

    own = []
    for headers, body in shop.received:
        try:
            own.append(
                stripe.Webhook.construct_event(body, headers["Stripe-Signature"], endpoint.secret)
            )
        except stripe.SignatureVerificationError:
            continue
    assert [event.type for event in own] == ["payment_intent.created"]


def test_endpoints_are_made_changed_listed_and_deleted(client, shop):
    made = client.webhook_endpoints.create({"url": shop.url, "enabled_events": ["*"]})
    changed = client.webhook_endpoints.update(made.id, {"disabled": True, "description": "old"})
    listed = client.webhook_endpoints.list()
    gone = client.webhook_endpoints.delete(made.id)

    assert made.secret.startswith("whsec_")
    assert (changed.status, changed.description) == ("disabled", "old")
    assert not hasattr(changed, "secret")
    assert made.id in [endpoint.id for endpoint in listed]
    assert gone.deleted is True
    assert made.id not in [endpoint.id for endpoint in client.webhook_endpoints.list()]


@pytest.mark.parametrize("url", ["ftp://shop/", "http://", "http://shop:port/"])
def test_an_endpoint_needs_a_web_address(client, url):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.webhook_endpoints.create({"url": url, "enabled_events": ["*"]})

    assert refused.value.code == "url_invalid"


def test_each_story_tells_its_events_in_order(client, double, session):
    double.pay(session.id, "4000000000000002")
    double.pay(session.id, "4000002500003155")
    client.refunds.create(
        {"payment_intent": client.checkout.sessions.retrieve(session.id).payment_intent}
    )

    types = [e.type for e in client.events.list({"limit": 100})][::-1]
    assert types == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
        "refund.created",
        "charge.refunded",
    ]


@pytest.mark.parametrize(
    ("ok", "last"),
    [
        (
            True,
            [
                "charge.succeeded",
                "payment_intent.succeeded",
                "checkout.session.async_payment_succeeded",
            ],
        ),
        (
            False,
            [
                "charge.failed",
                "payment_intent.payment_failed",
                "checkout.session.async_payment_failed",
            ],
        ),
    ],
)
def test_a_later_payment_tells_its_events_in_order(client, double, session, ok, last):
    double.pay_later(session.id)
    double.settle(session=session.id, ok=ok)

    types = [e.type for e in client.events.list()][::-1]
    begun = ["payment_intent.created", "charge.pending", "payment_intent.processing"]
    assert types == [*begun, "checkout.session.completed", *last]


def test_a_dispute_tells_its_events(client, double, paid):
    opened = double.dispute("open", session=paid.id)
    double.dispute("win", dispute=opened["id"])

    types = [e.type for e in client.events.list({"type": "charge.dispute.*"})][::-1]
    assert types == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]


def test_an_event_keeps_the_object_as_it_was(client, double, session):
    double.pay(session.id, "4000000000000002")
    double.pay(session.id)

    failed = client.events.list({"type": "payment_intent.payment_failed"}).data[0]
    again = client.events.retrieve(failed.id)
    assert again.data.object.status == "requires_payment_method"
    assert again.data.to_dict() == failed.data.to_dict()


def test_retries_wait_longer_each_time(client, session, shop, until):
    shop.answers.extend([500] * 4)
    times = []
    client.checkout.sessions.expire(session.id)
    while len(times) < 5:
        until(lambda: len(shop.received) > len(times))
        times.append(time.monotonic())

    waits = [late - early for early, late in pairwise(times)]
    assert waits[3] > waits[0] * 2
