"""The letter that says how to pay: some minutes after ordering, and only to who has not paid."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from storefront.core.clock import now
from storefront.order.models import Order
from storefront.payment.models import PaymentAttempt
from storefront.payment.rules import AttemptState
from storefront.payment.services import tell_who_has_not_paid
from tests.factories.cash import order_cash
from tests.factories.catalogue import make_product
from tests.factories.orders import cancel_order, confirm_order, make_order
from tests.rounds import ROUNDS, racing

pytestmark = pytest.mark.django_db


def told(order: Order, *, minutes: int = 3) -> list[str]:
    """Let so many minutes pass; return the subjects of the letters that were written."""
    mail.outbox.clear()
    tell_who_has_not_paid(now=order.date_placed + timedelta(minutes=minutes))
    return [letter.subject for letter in mail.outbox]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Your order {} waits for your payment"),
        ("hi", "आपके ऑर्डर {} का भुगतान बाक़ी है"),
    ],
)
def test_who_has_not_paid_is_told_how_and_until_when(language: str, subject: str) -> None:
    order = make_order(make_product(), is_paid=False, language=language)

    assert told(order) == [subject.format(order.number)]
    [letter] = mail.outbox
    assert f"/{language}/orders/{order.token}/" in letter.body
    assert "₹1,510" in letter.body
    clock = order.payable_until + timedelta(hours=5, minutes=30)
    assert f"{clock:%H:%M}" in letter.body


@pytest.mark.parametrize("end", [confirm_order, cancel_order])
def test_who_has_paid_or_given_up_is_not_told(end: Any) -> None:
    order = make_order(make_product(), is_paid=False)
    end(order)

    assert told(order) == []


def test_whose_bank_is_at_work_is_not_told_to_pay() -> None:
    order = make_order(make_product(), is_paid=False)
    PaymentAttempt.objects.update(state=AttemptState.PROCESSING)

    assert told(order) == []


def test_who_pays_at_the_door_has_the_letter_with_the_code() -> None:
    order = order_cash(make_product())

    assert told(order) == []


def test_most_buyers_pay_within_three_minutes_and_get_one_letter() -> None:
    order = make_order(make_product(), is_paid=False)

    assert told(order, minutes=2) == []


def test_nobody_is_told_twice() -> None:
    order = make_order(make_product(), is_paid=False)

    assert len(told(order)) == 1
    assert told(order, minutes=9) == []


def test_an_order_that_cannot_be_told_keeps_no_other_waiting() -> None:
    broken, other = (make_order(make_product(), is_paid=False) for _ in range(2))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"ALTER TABLE order_order ADD CHECK (id <> {broken.pk} OR told_to_pay_at IS NULL)"
        )

    assert told(other) == [f"Your order {other.number} waits for your payment"]
    broken.refresh_from_db()
    assert broken.told_to_pay_at is None


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_write_one_letter() -> None:
    orders = Order.objects.filter(pk=make_order(make_product(), is_paid=False).pk)
    at = now() + timedelta(minutes=3)
    with racing(2) as at_once:
        for _ in range(ROUNDS):
            orders.update(told_to_pay_at=None)
            told = at_once(*[lambda: tell_who_has_not_paid(now=at)] * 2)
            assert sorted(told) == [0, 1]
