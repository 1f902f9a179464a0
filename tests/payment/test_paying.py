"""Paying an order on the offline Stripe: the truth is looked up, and booked once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket.models import Basket
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState, SellerOrderState
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown
from storefront.payment.models import MoneyMovement, PaymentAttempt, Refund, Source
from storefront.payment.rules import AttemptState, MoneyKind, RefundState
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db

DECLINED = "4000000000000002"


@pytest.fixture
def placed(stripe_double: OfflineStripe) -> Placed:
    """An order of ₹1,060 that waits at the payment page."""
    make_post()
    basket = make_basket(make_product(price="1000.00", stock=5))
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    assert placed.attempt is not None
    payment.open_page(placed.attempt)
    return placed


def attempt_of(placed: Placed) -> PaymentAttempt:
    return PaymentAttempt.objects.get(order=placed.order)


def captured() -> list[int]:
    return [money.amount_paise for money in MoneyMovement.objects.filter(kind=MoneyKind.CAPTURE)]


def test_a_paid_order_is_confirmed_its_sellers_see_it_and_one_letter_leaves(
    stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")

    payment.sync(attempt_of(placed))
    payment.sync(attempt_of(placed))

    order = Order.objects.get()
    assert order.status == OrderState.CONFIRMED
    assert [part.state for part in order.seller_orders.all()] == [SellerOrderState.ACCEPTED]
    assert captured() == [106_000]
    assert Source.objects.get(order=order).amount_debited == order.total_incl_tax
    assert [letter.to for letter in mail.outbox] == [["asha@example.org"]]
    assert order.token in str(mail.outbox[0].body)


def test_a_declined_card_leaves_the_order_payable(
    stripe_double: OfflineStripe, placed: Placed
) -> None:
    session = attempt_of(placed).provider_session or ""
    stripe_double.pay(session, card=DECLINED)

    attempt = payment.sync(attempt_of(placed))

    assert attempt.state == AttemptState.OPEN
    assert attempt.failure == "card_declined"
    assert Order.objects.get().status == OrderState.PENDING_PAYMENT
    assert payment.pay_again(placed.order, now=now()) == attempt
    stripe_double.pay(session)
    assert payment.sync(attempt).state == AttemptState.CAPTURED
    assert Order.objects.get().status == OrderState.CONFIRMED


def test_an_order_nobody_pays_frees_stock_and_basket(
    stripe_double: OfflineStripe, placed: Placed
) -> None:
    later = now() + timedelta(hours=1)

    assert payment.sweep(now=later) == 1
    assert payment.sweep(now=later) == 0

    order = Order.objects.get()
    assert order.status == OrderState.CANCELLED
    line = order.lines.get()
    assert line.stockrecord is not None
    assert line.stockrecord.free == 5
    assert order.basket is not None
    assert order.basket.status == Basket.OPEN
    assert attempt_of(placed).state == AttemptState.EXPIRED


def test_the_sweep_confirms_an_order_whose_messages_were_all_lost(
    stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")

    assert payment.sweep(now=now() + timedelta(hours=1)) == 0

    assert Order.objects.get().status == OrderState.CONFIRMED


def test_polling_finds_a_payment_without_any_message(
    stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")

    payment.poll(now=now() + timedelta(minutes=3))

    assert Order.objects.get().status == OrderState.CONFIRMED


def test_a_lost_answer_from_the_provider_makes_no_second_page(stripe_double: OfflineStripe) -> None:
    make_post()
    basket = make_basket(make_product())
    attempt = place_order(basket, buyer=make_buyer(), expected_total=None, now=now()).attempt
    assert attempt is not None
    stripe_double.fault("timeout_after_commit", times=3, verb="POST", path="/v1/checkout/sessions")

    with pytest.raises(GatewayDown):
        payment.open_page(attempt)
    url = payment.open_page(PaymentAttempt.objects.get(pk=attempt.pk))

    assert url.startswith(stripe_double.url)
    assert payment.open_page(PaymentAttempt.objects.get(pk=attempt.pk)) == url


def test_money_that_comes_after_the_end_revives_the_order_while_the_pieces_are_there(
    stripe_double: OfflineStripe, placed: Placed, settings
) -> None:
    attempt = attempt_of(placed)
    stripe_double.pay(attempt.provider_session or "")
    # The shop gave the order up although the provider had the money: a lost race.
    from storefront.order.services import cancel_unpaid, lock_order

    cancel_unpaid(lock_order(placed.order.pk), reason="not paid in time")

    payment.sync(attempt)

    assert Order.objects.get().status == OrderState.CONFIRMED
    assert not Refund.objects.exists()


def test_late_money_goes_back_when_the_pieces_are_gone(stripe_double: OfflineStripe) -> None:
    make_post()
    bowl = make_product(price="1000.00", stock=1, is_one_of_a_kind=True)
    late = place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    assert late.attempt is not None
    payment.open_page(late.attempt)
    attempt = PaymentAttempt.objects.get(pk=late.attempt.pk)
    stripe_double.pay(attempt.provider_session or "")
    from storefront.order.services import cancel_unpaid, lock_order

    cancel_unpaid(lock_order(late.order.pk), reason="not paid in time")
    other = make_basket(bowl)
    place_order(other, buyer=make_buyer(email="b@example.org"), expected_total=None, now=now())

    payment.sync(attempt)
    payment.sync(attempt)
    payment.send_refunds()

    assert Order.objects.get(pk=late.order.pk).status == OrderState.CANCELLED
    refund = Refund.objects.get()
    assert (refund.amount_paise, refund.state) == (106_000, RefundState.SUCCEEDED)
    assert (
        sum(money.amount_paise for money in MoneyMovement.objects.exclude(kind=MoneyKind.FEE)) == 0
    )


def test_a_paid_order_is_not_given_up(stripe_double: OfflineStripe, placed: Placed) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")

    assert payment.give_up(placed.order, reason="cancelled by the buyer") is False

    assert Order.objects.get().status == OrderState.CONFIRMED


def test_when_the_provider_is_down_the_stock_is_kept(
    stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.fault("500", times=20)

    assert payment.sweep(now=now() + timedelta(hours=1)) == 0

    order = Order.objects.get()
    assert order.status == OrderState.PENDING_PAYMENT
    assert order.lines.get().stockrecord.num_allocated == 1


def test_two_sellers_are_both_told_by_one_payment(stripe_double: OfflineStripe) -> None:
    make_post()
    lota = make_product(seller=make_seller("One"), sku="A", stock=2)
    bell = make_product(seller=make_seller("Two"), sku="B", stock=2)
    order = place_order(
        make_basket(lota, bell), buyer=make_buyer(), expected_total=None, now=now()
    ).order
    attempt = order.attempts.get()
    payment.open_page(attempt)
    stripe_double.pay(attempt.provider_session or "")

    payment.sync(attempt)

    assert {part.state for part in order.seller_orders.all()} == {SellerOrderState.ACCEPTED}
    assert stock_record(lota).num_allocated == stock_record(bell).num_allocated == 1


def test_a_payment_link_that_is_over_says_so(
    client: Client, stripe_double: OfflineStripe, placed: Placed
) -> None:
    payment.sweep(now=now() + timedelta(hours=1))

    answer = client.post(f"/en/orders/{placed.order.token}/pay/", follow=True)

    assert "This order does not wait for payment." in answer.content.decode()
    assert PaymentAttempt.objects.count() == 1


def test_a_return_link_used_again_changes_nothing(
    client: Client, stripe_double: OfflineStripe, placed: Placed
) -> None:
    stripe_double.pay(attempt_of(placed).provider_session or "")
    link = f"/en/orders/{placed.order.token}/paid/"

    client.get(link)
    client.get(link)

    assert Order.objects.get().status == OrderState.CONFIRMED
    assert captured() == [106_000]
    assert len(mail.outbox) == 1
