"""Buyers pay twice, slowly or not at all; messages come early, twice, reversed or never."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.models import PaymentAttempt, ProviderEvent, Refund
from storefront.payment.rules import AttemptState
from storefront.payment.services import events
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.payment.faults.money import TOTAL, hear, owed_to_buyer, pay, rows, session_of
from tests.payment.hearing import completed, make_event, send, signed
from tests.payment.steps import attempt_of, in_an_hour, place, status_of

DECLINED, ASKS_3DS = "4000000000000002", "4000002500003155"


def letters() -> list[str]:
    return [letter.subject.split()[0] for letter in mail.outbox]


def free(placed: Placed) -> int:
    product = placed.order.lines.get().product
    assert product is not None
    return stock_record(product).free


def test_a_buyer_who_pays_in_two_tabs_gets_the_second_payment_back_once(
    double: OfflineStripe,
) -> None:
    placed = place()
    old = attempt_of(placed)
    PaymentAttempt.objects.update(state=AttemptState.FAILED)
    new = payment.page_to_pay(placed.order, now=now())
    double.pay(new.provider_session or "")
    double.pay(old.provider_session or "")

    for attempt in (new, old, new, old):
        payment.sync(attempt)
    payment.send_refunds()
    payment.sync(old)

    assert status_of(placed) == OrderState.CONFIRMED
    assert rows(placed) == [("capture", TOTAL), ("capture", TOTAL), ("refund", -TOTAL)]
    assert Refund.objects.get().attempt == old
    assert owed_to_buyer(placed) == 0
    assert len(mail.outbox) == 2
    assert "going back" in mail.outbox[1].subject


def test_a_buyer_who_goes_back_and_orders_again_has_two_orders_and_the_first_expires(
    double: OfflineStripe,
) -> None:
    bowl = make_product(price="1000.00", stock=2)
    first, second = (
        place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
        for _ in range(2)
    )
    for placed in (first, second):
        assert placed.attempt is not None
        payment.open_page(placed.attempt)
    assert stock_record(bowl).free == 0
    pay(double, second)

    payment.sweep(now=in_an_hour())

    assert (status_of(first), status_of(second)) == (OrderState.CANCELLED, OrderState.CONFIRMED)
    assert stock_record(bowl).free == 1


def test_a_buyer_who_closes_the_tab_after_paying_has_an_order_and_one_letter(
    double: OfflineStripe,
) -> None:
    placed = place()
    double.pay(session_of(placed))

    hear(double)
    payment.poll(now=now() + timedelta(minutes=5))

    assert status_of(placed) == OrderState.CONFIRMED
    assert len(mail.outbox) == 1


def test_a_buyer_who_is_back_before_the_message_has_paid_and_the_message_changes_nothing(
    double: OfflineStripe, client: Client
) -> None:
    placed = place()
    double.pay(session_of(placed))

    page = client.get(f"/en/orders/{placed.order.token}/paid/", follow=True).content.decode()
    assert placed.order.number in page
    assert status_of(placed) == OrderState.CONFIRMED

    body = completed(placed)
    assert send(client, body, signed(body)) == 200
    assert rows(placed) == [("capture", TOTAL)]
    assert len(mail.outbox) == 1


def test_a_message_faster_than_our_own_note_of_the_page_is_understood(
    double: OfflineStripe, client: Client
) -> None:
    placed = place()
    body, session = completed(placed), session_of(placed)
    double.pay(session)
    PaymentAttempt.objects.update(
        provider_session=None, redirect_url="", state=AttemptState.CREATED
    )

    assert send(client, body, signed(body)) == 200

    assert status_of(placed) == OrderState.CONFIRMED
    assert session_of(placed) == session


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_one_message_delivered_by_four_at_once_is_kept_once_and_writes_one_letter(
    double: OfflineStripe,
) -> None:
    make_post()
    placed = place()
    double.pay(session_of(placed))
    body = completed(placed)
    barrier = Barrier(4)

    def deliver(_: int) -> int:
        try:
            barrier.wait()
            return send(Client(), body, signed(body))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(deliver, range(4)))

    assert answers == [200] * 4
    assert ProviderEvent.objects.count() == 1
    assert rows(placed) == [("capture", TOTAL)]
    assert len(mail.outbox) == 1


def test_messages_in_reverse_order_leave_the_order_paid(double: OfflineStripe) -> None:
    placed = place()
    double.pay(session_of(placed), card=DECLINED)
    double.pay(session_of(placed))
    kinds = ["checkout.session.completed", "payment_intent.payment_failed"]

    for kind in kinds:
        events.work(make_event(attempt_of(placed), type=kind).pk)

    assert status_of(placed) == OrderState.CONFIRMED
    assert attempt_of(placed).state == AttemptState.CAPTURED


def test_when_all_messages_are_lost_the_poll_pays_within_five_minutes(
    double: OfflineStripe,
) -> None:
    placed = place()
    double.pay(session_of(placed))

    payment.poll(now=now() + timedelta(minutes=5))

    assert status_of(placed) == OrderState.CONFIRMED


def test_a_card_declined_once_and_then_taken_pays_and_the_failure_is_not_shown_again(
    double: OfflineStripe, client: Client
) -> None:
    placed = place()
    double.pay(session_of(placed), card=DECLINED)
    payment.sync(attempt_of(placed))
    page = f"/en/orders/{placed.order.token}/"
    assert "declined" in client.get(page).content.decode()

    pay(double, placed)

    assert status_of(placed) == OrderState.CONFIRMED
    assert "declined" not in client.get(page).content.decode()


def test_a_bank_question_left_open_ends_with_the_page_and_frees_the_pieces(
    double: OfflineStripe,
) -> None:
    placed = pay(double, card=ASKS_3DS, challenge="leave")
    assert status_of(placed) == OrderState.PENDING_PAYMENT

    assert payment.sweep(now=in_an_hour()) == 1

    assert status_of(placed) == OrderState.CANCELLED
    assert free(placed) == 5


def test_a_bank_question_answered_wrongly_can_be_tried_again(double: OfflineStripe) -> None:
    placed = pay(double, card=ASKS_3DS, challenge="fail")
    assert status_of(placed) == OrderState.PENDING_PAYMENT

    pay(double, placed, card=ASKS_3DS)

    assert status_of(placed) == OrderState.CONFIRMED


def test_a_slow_bank_keeps_the_pieces_after_the_time_and_pays(double: OfflineStripe) -> None:
    placed = place()
    double.pay_later(session_of(placed))

    assert payment.sweep(now=in_an_hour()) == 0
    assert (status_of(placed), free(placed)) == (OrderState.PENDING_PAYMENT, 4)

    double.settle(session=session_of(placed), ok=True)
    hear(double)
    assert status_of(placed) == OrderState.CONFIRMED


def test_a_slow_bank_that_refuses_leaves_the_order_payable_until_its_end(
    double: OfflineStripe,
) -> None:
    placed = place()
    double.pay_later(session_of(placed))
    double.settle(session=session_of(placed), ok=False)

    hear(double)

    assert attempt_of(placed).state == AttemptState.FAILED
    assert payment.page_to_pay(placed.order, now=now()).sequence == 2
    payment.sweep(now=in_an_hour())
    assert (status_of(placed), free(placed)) == (OrderState.CANCELLED, 5)


def test_a_page_closed_a_moment_after_it_was_paid_is_a_paid_order(double: OfflineStripe) -> None:
    placed = place()
    double.pay(session_of(placed))

    assert payment.sweep(now=in_an_hour()) == 0

    assert status_of(placed) == OrderState.CONFIRMED
