"""Messages from the provider are worked together: what is booked is done, the rest looked at."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from storefront.core.clock import now
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment import tasks
from storefront.payment.models import MoneyMovement, PaymentAttempt, ProviderEvent, Refund
from storefront.payment.rules import EventState
from storefront.payment.services import events
from tests.payment.hearing import completed, make_event, send, signed
from tests.payment.steps import attempt_of, place, status_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shop")]


def test_good_news_of_money_that_is_booked_asks_nobody(
    client: Client, stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")
    payment.sync(attempt_of(placed))  # the buyer came back sooner
    make_event(attempt_of(placed), type="payment_intent.succeeded")
    stripe_double.fault("503", times=100)

    body = completed(placed)
    send(client, body, signed(body))

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
    assert events.work_waiting(now=now()) == 0


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

    assert events.work_waiting(now=now()) == 0


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
