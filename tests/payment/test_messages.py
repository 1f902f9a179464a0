"""Messages from the provider: only its own, each worked once, none in the way of another."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import MoneyMovement, PaymentAttempt, ProviderEvent
from storefront.payment.rules import AttemptState, EventState
from storefront.payment.services import events
from tests.payment.hearing import completed, make_event, send, signed
from tests.payment.steps import attempt_of, place, status_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shop")]


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

    assert events.work_waiting(now=now()) == 0
    assert events.work_waiting(now=now() + timedelta(seconds=30)) == 1
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
