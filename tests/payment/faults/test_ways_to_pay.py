"""Stripe is away, there is nothing to pay, or the courier and the card both are."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from oscar.apps.offer.models import Benefit

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import OrderState, SellerOrderState
from storefront.payment import services as payment
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import CashPart, MoneyMovement, PaymentAttempt, Refund
from storefront.payment.rules import LIVE, AttemptState, CashState, RefundState
from storefront.payment.services.audit import audit
from storefront.payment.services.trouble import paid_by_bank
from tests.factories.cash import code_sent, confirm_cash, make_terms, on_the_road, order_cash
from tests.factories.catalogue import make_product, stock_record
from tests.factories.offers import make_offer
from tests.factories.orders import make_shipped, part_of
from tests.factories.purchase import make_basket, make_buyer
from tests.payment.faults.money import hear
from tests.payment.steps import in_an_hour, place

CREATE = {"verb": "POST", "path": r"/v1/checkout/sessions$"}


def fresh(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


@pytest.mark.parametrize(("fault", "times"), [("429", 20), ("401", 20), ("403", 20), ("503", 40)])
def test_when_no_page_opens_the_same_order_is_paid_at_the_door(
    double: OfflineStripe, client: Client, fault: str, times: int
) -> None:
    make_terms()
    placed = place(is_open=False)
    double.fault(fault, times=times, **CREATE)
    link = f"/en/orders/{placed.order.token}/"

    said = client.post(f"{link}pay/", follow=True).content.decode()
    client.post(f"{link}door/")
    client.post(f"{link}code/", {"code": code_sent()})

    assert "Pay the courier ₹1,060 in cash" in said
    assert fresh(placed.order).status == OrderState.CONFIRMED
    assert Order.objects.count() == 1
    assert MoneyMovement.objects.count() == 0


def test_an_order_that_costs_nothing_asks_nobody_for_money(double: OfflineStripe) -> None:
    make_offer(value=100)
    make_offer(Benefit.SHIPPING_PERCENTAGE, 100)
    double.fault("503", times=20)
    basket = make_basket(make_product(price="1000.00", stock=5))

    placed = place_order(basket, buyer=make_buyer(), expected_total=Decimal(0), now=now())

    assert placed.attempt is None
    assert placed.order.status == OrderState.CONFIRMED
    assert part_of(placed.order).state == SellerOrderState.ACCEPTED
    assert not PaymentAttempt.objects.exists()
    assert not Journal.objects.exists()
    assert len(double.faults_waiting()) == 1
    assert list(audit(offline=True)) == []


def test_a_cash_order_nobody_confirms_ends_after_half_an_hour_and_frees_its_pieces(
    double: OfflineStripe,
) -> None:
    lota = make_product(price="1000.00", stock=5)
    order = order_cash(lota, quantity=2)
    assert stock_record(lota).free == 3

    early = payment.sweep(now=now() + timedelta(minutes=29))
    ended = payment.sweep(now=now() + timedelta(minutes=31))

    assert (early, ended) == (0, 1)
    assert fresh(order).status == OrderState.CANCELLED
    assert stock_record(lota).free == 5
    assert order.attempts.get().state == AttemptState.EXPIRED
    assert CashPart.objects.get().state == CashState.DROPPED
    with pytest.raises(payment.CodeRefused, match="does not wait for a code"):
        payment.confirm_promise(order, code=code_sent(), now=now())
    assert list(audit()) == []


def test_cash_for_an_order_that_was_paid_online_is_the_buyers_and_goes_back(
    double: OfflineStripe,
) -> None:
    order = order_cash(make_product(price="1000.40", stock=5))
    confirm_cash(order)
    attempt = payment.page_to_pay(order, now=now())
    double.pay(attempt.provider_session or "")
    payment.sync(attempt)
    mail.outbox.clear()
    make_shipped(part_of(order))

    cash = fulfilment.collect(part_of(order), by=None, now=now())
    fulfilment.collect(part_of(order), by=None, now=now())

    assert (cash.is_overpaid, cash.amount_paise) == (True, 106_000)
    refund = Refund.objects.get()
    assert (refund.reason, refund.amount_paise) == ("paid-twice", 106_000)
    assert refund.state == RefundState.REVIEW
    assert [letter.subject for letter in mail.outbox if "twice" in letter.subject] == [
        f"You paid twice for order {order.number}"
    ]
    assert balances(order=order)[Account.BUYER_MONEY] == -106_000
    assert part_of(order).state == SellerOrderState.DELIVERED
    assert list(audit()) == []

    assert paid_by_bank(refund, now=now())
    assert not paid_by_bank(refund, now=now())

    assert Account.BUYER_MONEY not in balances(order=order)
    seller = part_of(order).seller
    assert owed_to(seller, order=order) == 106_040
    assert list(audit()) == []


def test_money_that_comes_while_the_courier_is_on_the_way_pays_and_the_cash_goes_back(
    double: OfflineStripe,
) -> None:
    order = order_cash(make_product(price="1000.00", stock=5))
    confirm_cash(order)
    attempt = payment.page_to_pay(order, now=now())
    make_shipped(part_of(order))
    double.pay(attempt.provider_session or "")

    payment.sync(attempt)
    cash = fulfilment.collect(part_of(order), by=None, now=now())

    assert cash.is_overpaid
    assert Refund.objects.get().reason == "paid-twice"
    assert list(audit()) == []


def test_money_that_comes_after_the_courier_collected_goes_back_to_the_card(
    double: OfflineStripe,
) -> None:
    order = order_cash(make_product(price="1000.00", stock=5))
    confirm_cash(order)
    attempt = payment.page_to_pay(order, now=now())
    make_shipped(part_of(order))
    fulfilment.collect(part_of(order), by=None, now=now())
    double.pay(attempt.provider_session or "")

    payment.sync(attempt)
    payment.send_refunds()

    refund = Refund.objects.get()
    assert (refund.reason, refund.amount_paise) == ("not-needed", 106_000)
    assert refund.state == RefundState.SUCCEEDED
    assert order.attempts.get(provider="cash").state == AttemptState.CAPTURED
    assert list(audit()) == []


def test_money_that_came_before_the_switch_wins(double: OfflineStripe) -> None:
    make_terms()
    placed = place()
    attempt = placed.attempt
    assert attempt is not None
    double.pay(attempt.provider_session or "")

    with pytest.raises(payment.NotPayable, match="does not wait for payment"):
        payment.pay_at_door(placed.order, now=now())

    assert fresh(placed.order).status == OrderState.CONFIRMED
    assert not CashPart.objects.exists()
    assert list(audit()) == []


def test_a_page_that_cannot_be_closed_keeps_the_order_as_it_is(double: OfflineStripe) -> None:
    make_terms()
    placed = place()
    double.fault("503", times=40)

    with pytest.raises(payment.GatewayDown):
        payment.pay_at_door(placed.order, now=now())

    assert fresh(placed.order).status == OrderState.PENDING_PAYMENT
    assert not CashPart.objects.exists()


def test_a_card_that_is_declined_is_followed_by_cash_and_the_page_is_closed(
    double: OfflineStripe,
) -> None:
    make_terms()
    placed = place()
    attempt = placed.attempt
    assert attempt is not None
    double.pay(attempt.provider_session or "", card="4000000000000002")

    payment.pay_at_door(placed.order, now=now())
    again = payment.pay_at_door(placed.order, now=now())
    confirm_cash(placed.order)

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.EXPIRED
    assert again.state == AttemptState.PROMISED
    assert SellerOrder.objects.get().state == SellerOrderState.ACCEPTED
    assert payment.sweep(now=in_an_hour()) == 0


def test_a_parcel_on_its_way_is_paid_to_the_courier(double: OfflineStripe) -> None:
    cash = on_the_road(order_cash(make_product(price="1000.00", stock=5)))

    with pytest.raises(payment.NotPayable, match="pay the courier"):
        payment.page_to_pay(cash.attempt.order, now=now())

    assert cash.attempt.order.attempts.count() == 1


@pytest.mark.parametrize(("off", "is_kept"), [(0, True), (5, False)])
def test_a_page_that_nobody_saw_is_paid_all_the_same_and_the_money_pays_if_the_price_is_right(
    double: OfflineStripe, off: int, is_kept: bool
) -> None:
    make_terms(prepaid_percent=Decimal(off))
    placed = place(is_open=False)
    attempt = placed.attempt
    assert attempt is not None
    page = StripeGateway().create(attempt.request, key=f"att:{attempt.pk}:create")
    payment.pay_at_door(placed.order, now=now())
    confirm_cash(placed.order)

    double.pay(page.reference)
    hear(double)
    payment.send_refunds()

    attempt.refresh_from_db()
    assert attempt.state == AttemptState.CAPTURED
    assert Refund.objects.exists() != is_kept
    expected = CashState.DROPPED if is_kept else CashState.TO_COLLECT
    assert CashPart.objects.get().state == expected
    assert list(audit()) == []


def test_an_online_payment_begun_in_a_crash_ends_though_cash_pays_the_order(
    double: OfflineStripe,
) -> None:
    order = confirm_cash(order_cash(make_product(price="1000.00", stock=5)))
    # Written down, and the process dies before it opens the page.
    attempt = payment.pay_again(order, now=now())

    payment.poll(now=now() + timedelta(minutes=5))
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.CREATED  # the buyer may come back to it

    payment.poll(now=attempt.expires_at + timedelta(minutes=1))

    attempt.refresh_from_db()
    assert attempt.state not in LIVE
    order.refresh_from_db()
    assert order.status == OrderState.CONFIRMED
    assert list(audit()) == []
