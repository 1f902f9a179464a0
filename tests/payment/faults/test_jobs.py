"""Jobs that meet a dead database, a poison message, or money nobody knows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import stripe
from django.core import mail
from django.db import DatabaseError, connection

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.gateways.stripe import API_VERSION
from storefront.payment.models import (
    Difference,
    MoneyMovement,
    ProviderEvent,
    ReconciliationRun,
    Refund,
)
from storefront.payment.rules import EventState, RefundState
from storefront.payment.services import events
from tests.factories.purchase import make_post
from tests.payment.faults.money import TOTAL, charge_of, pay, rows, session_of
from tests.payment.hearing import completed, send, signed
from tests.payment.steps import attempt_of, place, status_of


def test_after_days_without_messages_the_list_is_asked_and_every_order_paid(
    double: OfflineStripe,
) -> None:
    placed, other = place(), place()
    double.pay(session_of(placed))
    double.pay(session_of(other))
    days_later = now() + timedelta(days=4)
    from storefront.payment.models import PaymentAttempt

    PaymentAttempt.objects.update(next_sync_at=None)

    new = payment.catch_up(now=days_later)
    payment.poll(now=days_later)

    assert new == ProviderEvent.objects.count() > 0
    assert status_of(placed) == status_of(other) == OrderState.CONFIRMED
    assert len(mail.outbox) == 2
    assert not ProviderEvent.objects.exclude(state=EventState.DONE).exists()


def test_the_list_is_asked_from_an_hour_before_the_last_time(double: OfflineStripe) -> None:
    start = now()
    payment.catch_up(now=start)
    pay(double)

    first = payment.catch_up(now=start + timedelta(hours=1))
    again = payment.catch_up(now=start + timedelta(hours=1, minutes=30))

    assert (first > 0, again) == (True, 0)
    last = ReconciliationRun.objects.order_by("-pk")[0]
    assert last.since == start


def test_a_provider_that_is_down_leaves_the_cursor_where_it_was(double: OfflineStripe) -> None:
    payment.catch_up(now=now())
    double.fault("503", times=20)

    with pytest.raises(payment.GatewayDown):
        payment.catch_up(now=now() + timedelta(hours=1))

    assert ReconciliationRun.objects.count() == 1


def test_equal_books_make_no_difference_and_the_run_is_kept(double: OfflineStripe) -> None:
    pay(double)

    assert payment.compare(now=now() + timedelta(hours=1)) == 0

    run = ReconciliationRun.objects.get()
    assert (run.kind, run.seen, run.finished_at is not None) == ("balance", 1, True)


def test_what_the_provider_has_and_we_have_not_is_written_down_and_put_right_by_nobody(
    double: OfflineStripe,
) -> None:
    placed = pay(double)
    refund = double.dashboard_refund(session=session_of(placed), amount=9_000)
    later = now() + timedelta(hours=1)

    assert payment.compare(now=later) == 1
    assert payment.compare(now=later) == 0

    found = Difference.objects.get()
    assert (found.kind, found.reference) == ("refund", refund["id"])
    assert (found.ours_paise, found.theirs_paise) == (None, -9_000)
    assert rows(placed) == [("capture", TOTAL)]


def test_what_we_booked_and_the_provider_never_had_is_a_difference(double: OfflineStripe) -> None:
    placed = pay(double)
    MoneyMovement.objects.create(
        order=placed.order,
        attempt=attempt_of(placed),
        kind="refund",
        provider="stripe",
        reference="re_planted",
        amount_paise=-500,
    )

    assert payment.compare(now=now() + timedelta(hours=1)) == 1

    found = Difference.objects.get()
    assert (found.kind, found.ours_paise, found.theirs_paise) == ("refund", -500, None)


def test_money_of_no_known_attempt_raises_the_alarm_and_is_not_refunded(
    double: OfflineStripe,
) -> None:
    client = stripe.StripeClient(
        "sk_test_zila_offline", stripe_version=API_VERSION, base_addresses={"api": double.url}
    )
    request: Any = attempt_of(place()).request | {"client_reference_id": "somebody"}
    request["payment_intent_data"]["metadata"] = {"attempt": "somebody"}
    session = client.v1.checkout.sessions.create(request)
    double.pay(session.id)

    payment.compare(now=now() + timedelta(hours=1))
    payment.send_refunds()

    found = Difference.objects.get(kind="orphan_money")
    assert (found.ours_paise, found.theirs_paise) == (None, TOTAL)
    assert not Refund.objects.exists()
    assert client.v1.refunds.list().data == []


def test_a_database_that_fails_during_a_message_answers_500_and_the_message_comes_again(
    double: OfflineStripe, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = place()
    double.pay(session_of(placed))
    body = completed(placed)
    client.raise_request_exception = False

    with connection.execute_wrapper(_no_writing):
        assert send(client, body, signed(body)) == 500
    assert not ProviderEvent.objects.exists()

    assert send(client, body, signed(body)) == 200
    assert status_of(placed) == OrderState.CONFIRMED


def _no_writing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith("INSERT"):
        raise DatabaseError("the server is going down")
    return execute(sql, params, many, context)


def test_a_poison_message_is_dead_after_ten_tries_and_the_others_flow(
    double: OfflineStripe, settings: Any
) -> None:
    from tests.payment.hearing import make_event
    from tests.payment.test_what_goes_wrong import Broken

    poisoned, good = place(), place()
    double.pay(session_of(good))
    settings.PAYMENT_WAYS = ["tests.payment.test_what_goes_wrong.Broken"]
    Broken.session = session_of(poisoned)
    bad, fine = make_event(attempt_of(poisoned)), make_event(attempt_of(good))

    at = now()
    for _ in range(12):
        payment.poll(now=at)
        at += timedelta(hours=4)

    bad.refresh_from_db()
    fine.refresh_from_db()
    assert (bad.state, bad.tries) == (EventState.DEAD, 10)
    assert fine.state == EventState.DONE
    assert status_of(good) == OrderState.CONFIRMED


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_message_and_a_refund_worked_by_eight_threads_at_once_are_done_once(
    double: OfflineStripe,
) -> None:
    make_post()
    placed = place()
    double.pay(session_of(placed))
    event = ProviderEvent.objects.create(
        provider="stripe",
        event_id="evt_1",
        type="checkout.session.completed",
        attempt_hint=str(attempt_of(placed).pk),
    )

    _at_once(lambda: events.work(event.pk))

    assert rows(placed) == [("capture", TOTAL)]
    assert Order.objects.get().moves.filter(new="confirmed").count() == 1
    refund = Refund.objects.create(
        order=placed.order,
        attempt=attempt_of(placed),
        charge=charge_of(placed),
        amount_paise=10_000,
        reason="goodwill",
    )

    _at_once(payment.send_refunds)

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert rows(placed) == [("capture", TOTAL), ("refund", -10_000)]


def _at_once(job: Any) -> None:
    barrier = Barrier(8)

    def run(_: int) -> None:
        try:
            barrier.wait()
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(8)))
