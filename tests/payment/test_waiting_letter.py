"""The letter that says how to pay: some minutes after ordering, and only to who has not paid."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.payment.models import PaymentAttempt
from storefront.payment.rules import AttemptState
from storefront.payment.services.waiting import tell_how_to_pay
from tests.factories.cash import order_cash
from tests.factories.catalogue import make_product
from tests.factories.orders import cancel_order, confirm_order, make_order
from tests.factories.purchase import make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def told(order: Order) -> list[str]:
    """Let the worker look at an order; return the subjects of the letters it writes."""
    mail.outbox.clear()
    tell_how_to_pay.call(order.pk)
    return [letter.subject for letter in mail.outbox]


@override_settings(TASKS=QUEUE)
def test_placing_has_the_worker_look_once_three_minutes_later() -> None:
    make_post()
    basket, at = make_basket(make_product()), now()

    for _ in range(2):
        place_order(basket, buyer=make_buyer(), expected_total=None, now=at)

    [waiting] = DBTaskResult.objects.filter(task_path__endswith="tell_how_to_pay")
    assert waiting.args_kwargs["args"] == [Order.objects.get().pk]
    assert waiting.run_after == at + timedelta(minutes=3)


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


def test_where_tasks_are_done_at_once_nothing_is_told_too_early() -> None:
    mail.outbox.clear()

    make_order(make_product(), is_paid=False)

    assert mail.outbox == []
