"""The code that confirms a cash order: kept as a digest, five tries, a new one on asking."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.models import CashPromise
from storefront.payment.services.codes import send_code
from tests.factories.cash import code_sent, confirm_cash, order_cash
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.django_db


def test_a_code_is_kept_as_a_digest_only_and_stands_in_no_queue() -> None:
    order_cash(make_product())

    promise = CashPromise.objects.get()

    assert len(promise.code_digest) == 64
    assert code_sent() not in promise.code_digest
    assert not DBTaskResult.objects.filter(args_kwargs__icontains=code_sent()).exists()
    assert "₹1,510" in mail.outbox[-1].body


@pytest.mark.parametrize("typed", ["{}", " {} ", "{} "])
def test_blanks_around_a_code_do_not_matter(typed: str) -> None:
    order = order_cash(make_product())

    payment.confirm_promise(order, code=typed.format(code_sent()), now=now())

    assert Order.objects.get().status == OrderState.CONFIRMED


def test_a_code_in_hindi_digits_is_the_same_code() -> None:
    order = order_cash(make_product())
    hindi = code_sent().translate(str.maketrans("0123456789", "०१२३४५६७८९"))

    payment.confirm_promise(order, code=hindi, now=now())

    assert Order.objects.get().status == OrderState.CONFIRMED


def wrong_code() -> str:
    return f"{(int(code_sent()) + 1) % 10**6:06d}"


def test_the_right_code_after_five_wrong_ones_is_refused_and_a_new_one_works() -> None:
    order = order_cash(make_product())
    told = []
    for _ in range(5):
        with pytest.raises(payment.CodeRefused) as refused:
            payment.confirm_promise(order, code=wrong_code(), now=now())
        told.append(str(refused.value))

    with pytest.raises(payment.CodeRefused, match="typed wrong too often"):
        payment.confirm_promise(order, code=code_sent(), now=now())

    assert told[0] == "This is not the code in our last letter. You have 4 more tries."
    assert told[4] == "This is not the code in our last letter. You have 0 more tries."
    assert Order.objects.get().status == OrderState.PENDING_PAYMENT
    payment.ask_code(order, now=now() + timedelta(minutes=1))
    confirm_cash(order)
    assert Order.objects.get().status == OrderState.CONFIRMED


def test_a_new_code_ends_the_one_before_and_must_wait_a_minute() -> None:
    order = order_cash(make_product())
    first = code_sent()

    with pytest.raises(payment.NoNewCode, match="in a minute"):
        payment.ask_code(order, now=now() + timedelta(seconds=50))
    payment.ask_code(order, now=now() + timedelta(seconds=61))

    assert len(mail.outbox) == 2
    if first != code_sent():
        with pytest.raises(payment.CodeRefused):
            payment.confirm_promise(order, code=first, now=now())
    assert confirm_cash(order).status == OrderState.CONFIRMED


def test_no_more_than_five_codes_are_sent_for_an_order() -> None:
    order = order_cash(make_product())
    for minute in range(1, 5):
        payment.ask_code(order, now=now() + timedelta(minutes=2 * minute))

    with pytest.raises(payment.NoNewCode, match="No more codes"):
        payment.ask_code(order, now=now() + timedelta(minutes=20))

    assert len(mail.outbox) == 5


def test_a_code_typed_after_the_half_hour_is_too_late_even_if_the_sweep_is() -> None:
    order = order_cash(make_product())

    with pytest.raises(payment.CodeRefused, match="The time to confirm"):
        payment.confirm_promise(order, code=code_sent(), now=now() + timedelta(minutes=30))

    assert Order.objects.get().status == OrderState.PENDING_PAYMENT


def test_a_confirmed_order_confirmed_again_writes_no_second_letter() -> None:
    order = order_cash(make_product())
    confirm_cash(order)
    letters = len(mail.outbox)

    confirm_cash(order)

    assert len(mail.outbox) == letters


@pytest.mark.usefixtures("no_mail_server")
def test_a_code_that_no_mail_server_takes_is_made_and_sent_later() -> None:
    order = order_cash(make_product())
    [first] = DBTaskResult.objects.filter(task_path__endswith="send_code")

    send_code.call(*first.args_kwargs["args"])
    again = DBTaskResult.objects.filter(task_path__endswith="send_code").exclude(pk=first.pk).get()
    with override_settings(POST_OFFICE="django.core.mail.backends.locmem.EmailBackend"):
        send_code.call(*again.args_kwargs["args"])

    assert again.run_after > now()
    payment.confirm_promise(order, code=code_sent(), now=now())
    assert Order.objects.get().status == OrderState.CONFIRMED
