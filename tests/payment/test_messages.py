"""Messages from the provider: only its own, each worked once, none in the way of another."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
import stripe
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment import tasks
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import MoneyMovement, PaymentAttempt, ProviderEvent, Refund
from storefront.payment.rules import AttemptState, EventState
from storefront.payment.services import events
from tests.factories.purchase import make_post
from tests.payment.steps import attempt_of, place, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _double(stripe_double: OfflineStripe) -> None:
    make_post()


@pytest.fixture
def placed() -> Placed:
    """An order that waits at the payment page."""
    return place()


def signed(body: bytes, secret: str = "whsec_zila_offline") -> str:
    sign = stripe.WebhookSignature.generate_signature_header
    return str(sign(body.decode(), secret, int(time.time())))


def completed(placed: Placed, *, name: str = "evt_1") -> bytes:
    attempt = attempt_of(placed)
    thing = {
        "id": attempt.provider_session,
        "object": "checkout.session",
        "client_reference_id": str(attempt.pk),
    }
    event = {
        "id": name,
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(time.time()),
        "livemode": False,
        "data": {"object": thing},
    }
    return json.dumps(event).encode()


def send(client: Client, body: bytes, signature: str) -> int:
    return client.post(
        "/webhooks/stripe/",
        data=body,
        content_type="application/json",
        headers={"stripe-signature": signature},
    ).status_code


def test_a_signed_message_confirms_the_order_and_a_second_copy_changes_nothing(
    client: Client, stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")
    body = completed(placed)

    assert send(client, body, signed(body)) == 200
    assert send(client, body, signed(body)) == 200

    assert Order.objects.get().status == OrderState.CONFIRMED
    assert [event.state for event in ProviderEvent.objects.all()] == ["done"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("body", "secret"),
    [(b'{"id": "evt_2"}', "whsec_somebody_else"), (b"[]", "whsec_zila_offline")],
    ids=["forged", "senseless"],
)
def test_a_message_that_is_not_the_providers_is_refused_and_not_kept(
    client: Client, body: bytes, secret: str
) -> None:
    assert send(client, body, signed(body, secret)) == 400

    assert not ProviderEvent.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"), [(b"\xff\xfe", 400), (b"x" * 300_000, 413), (b"x" * 3_000_000, 413)]
)
def test_a_body_that_is_no_message_is_refused_whatever_its_size(
    client: Client, body: bytes, status: int
) -> None:
    assert send(client, body, "t=1,v1=00") == status


def test_a_message_that_lies_about_a_payment_confirms_nothing(
    client: Client, placed: Placed
) -> None:
    body = completed(placed)

    assert send(client, body, signed(body)) == 200

    assert Order.objects.get().status == OrderState.PENDING_PAYMENT
    assert not MoneyMovement.objects.exists()


def make_event(attempt: PaymentAttempt | None = None, **facts: Any) -> ProviderEvent:
    """Keep a message that nobody acted on yet."""
    known = {
        "provider": "stripe",
        "event_id": f"evt_{ProviderEvent.objects.count()}",
        "type": "checkout.session.completed",
        "attempt_hint": str(attempt.pk) if attempt else "",
    }
    return ProviderEvent.objects.create(**(known | facts))


def test_a_message_that_cannot_be_worked_does_not_hold_up_the_next(
    stripe_double: OfflineStripe,
) -> None:
    lost, paid = place(), place()
    PaymentAttempt.objects.filter(order=lost.order).update(provider_session="cs_of_nobody")
    stripe_double.pay(attempt_of(paid).provider_session or "")
    bad, good = make_event(attempt_of(lost)), make_event(attempt_of(paid))

    payment.poll(now=now())

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (EventState.FAILED, EventState.DONE)
    assert status_of(paid) == OrderState.CONFIRMED


def test_a_message_is_tried_ever_more_rarely_and_then_given_up(
    stripe_double: OfflineStripe,
) -> None:
    placed = place()
    event = make_event(attempt_of(placed))
    stripe_double.fault("503", times=100)

    events.work(event.pk)

    assert events.waiting(now=now()) == []
    assert events.waiting(now=now() + timedelta(seconds=30)) == [event.pk]
    ProviderEvent.objects.update(tries=events.MOST_TRIES - 1)
    events.work(event.pk)
    event.refresh_from_db()
    assert event.state == EventState.DEAD


class Interrupted(StripeGateway):
    """Stripe, which sends one more message while it is looked at for the first time."""

    looks: list[str] = []

    def fetch(self, session: str, **how: Any) -> Any:
        found = super().fetch(session, **how)
        if not self.looks:
            make_event(PaymentAttempt.objects.get(provider_session=session))
        self.looks.append(session)
        return found


def test_one_look_answers_all_messages_that_came_before_it_and_none_that_came_later(
    placed: Placed, settings: Any
) -> None:
    early = [make_event(attempt_of(placed)) for _ in range(3)]
    settings.PAYMENT_WAYS = [f"{__name__}.Interrupted"]
    Interrupted.looks.clear()

    for row in early:
        events.work(row.pk)

    assert len(Interrupted.looks) == 1
    done = ProviderEvent.objects.filter(state=EventState.DONE)
    assert set(done) == set(early)
    late = ProviderEvent.objects.get(state=EventState.RECEIVED)
    events.work(late.pk)
    assert len(Interrupted.looks) == 2


def test_a_message_that_leads_to_no_look_answers_no_other(
    placed: Placed, stripe_double: OfflineStripe
) -> None:
    session = attempt_of(placed).provider_session or ""
    stripe_double.pay(session)
    # The shop died before it noted the page; only one of the messages names it.
    PaymentAttempt.objects.update(provider_session=None, state=AttemptState.CREATED)
    attempt = attempt_of(placed)
    first = make_event(attempt, type="payment_intent.succeeded", object_id="pi_1")
    second = make_event(attempt, object_id=session)

    for row in (first, second):
        events.work(row.pk)

    assert status_of(placed) == OrderState.CONFIRMED


def test_good_news_of_money_that_is_booked_asks_nobody(
    client: Client, stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")
    payment.sync(attempt_of(placed))  # the buyer came back sooner
    waiting = make_event(attempt_of(placed), type="payment_intent.succeeded")
    stripe_double.fault("503", times=100)

    body = completed(placed)
    send(client, body, signed(body))
    events.work(waiting.pk)

    assert {event.state for event in ProviderEvent.objects.all()} == {EventState.DONE}


def test_more_messages_than_are_worked_at_once_are_worked_all_the_same(
    client: Client, stripe_double: OfflineStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (events, tasks):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    placed = place()
    stripe_double.pay(attempt_of(placed).provider_session or "")
    for _ in range(5):
        make_event(None, type="charge.updated")

    body = completed(placed, name="evt_new")
    assert send(client, body, signed(body)) == 200

    assert status_of(placed) == OrderState.CONFIRMED
    assert events.waiting(now=now()) == []


def test_messages_of_any_number_of_booked_payments_are_done_at_once(
    stripe_double: OfflineStripe, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        placed = place()
        stripe_double.pay(attempt_of(placed).provider_session or "")
        payment.sync(attempt_of(placed))
        for kind in events.GOOD_NEWS:
            make_event(attempt_of(placed), type=kind)

    # Which wait, which are booked, and that they are done.
    with django_assert_num_queries(3):
        assert payment.work_waiting(now=now()) == 6

    assert events.waiting(now=now()) == []


def test_the_worker_is_asked_once_however_many_messages_come_and_finds_them_all(
    client: Client, stripe_double: OfflineStripe, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    orders = [place() for _ in range(2)]
    DBTaskResult.objects.all().delete()  # letters
    for number, placed in enumerate(orders):
        stripe_double.pay(attempt_of(placed).provider_session or "")
        for copy in range(2):
            body = completed(placed, name=f"evt_{number}_{copy}")
            assert send(client, body, signed(body)) == 200
    task = DBTaskResult.objects.get()
    assert now() < task.run_after < now() + timedelta(seconds=10)

    task.task.func()

    assert [status_of(placed) for placed in orders] == [OrderState.CONFIRMED] * 2
    assert {event.state for event in ProviderEvent.objects.all()} == {EventState.DONE}
    DBTaskResult.objects.filter(pk=task.pk).update(status="RUNNING")
    body = completed(orders[0], name="evt_late")
    send(client, body, signed(body))
    assert DBTaskResult.objects.filter(task_path=task.task_path, status="READY").count() == 1


@pytest.mark.parametrize("missing", ["fee", "capture", "nothing, but it goes back"])
def test_good_news_of_money_that_is_not_all_booked_leads_to_a_look(
    client: Client, stripe_double: OfflineStripe, placed: Placed, missing: str
) -> None:
    attempt = attempt_of(placed)
    stripe_double.pay(attempt.provider_session or "")
    make_money(attempt, {"fee", "capture"} - {missing})
    if missing not in ("fee", "capture"):
        Refund.objects.create(
            order=placed.order, attempt=attempt, charge="ch_1", amount_paise=100, reason="late"
        )
    stripe_double.fault("503", times=100)

    body = completed(placed)
    send(client, body, signed(body))

    assert ProviderEvent.objects.get().state == EventState.FAILED


def make_money(attempt: PaymentAttempt, kinds: set[str]) -> None:
    for kind in kinds:
        MoneyMovement.objects.create(
            order=attempt.order,
            attempt=attempt,
            kind=kind,
            provider="stripe",
            reference=f"of_{kind}",
            amount_paise=100,
        )
