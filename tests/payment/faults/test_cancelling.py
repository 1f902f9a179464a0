"""Refunds pressed twice, too large, of a seller's part, of an order with a voucher."""

from decimal import Decimal

import pytest
from oscar.apps.voucher.models import Voucher

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket import services as baskets
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.rules import Asker, OrderState, SellerOrderState, Why
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.audit import audit
from storefront.payment.services.trouble import paid_by_bank, retry_refund
from tests.factories.catalogue import stock_record
from tests.factories.purchase import make_buyer
from tests.payment.cancelling.steps import (
    Bought,
    buy_both,
    cancel,
    check_books,
    given_back,
    make_staff,
    refunds,
    wish,
)
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of

SLOW_REFUND = "4000000000007726"
# Of the double's planned faults this one meets the next refund that is asked for.
ASKED = {"verb": "post", "path": "/v1/refunds"}


def test_a_refund_pressed_twice_or_by_two_staff_goes_out_once(double: OfflineStripe) -> None:
    bought = buy_both(double)
    pressed = wish(Asker.STAFF, by=make_staff("one@example.org"))

    payment.cancel(bought.order, wish=pressed)
    payment.cancel(bought.order, wish=pressed)
    with pytest.raises(payment.AlreadyCancelled):
        cancel(bought, Asker.STAFF, by=make_staff("two@example.org"))
    bought.look()
    bought.look()

    assert refunds(bought) == [(357_000, RefundState.SUCCEEDED)]
    assert given_back(bought) == 357_000
    check_books()


def test_more_than_was_paid_is_refused_before_the_provider_is_asked(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double)
    session = attempt_of(bought.placed).provider_session
    double.dashboard_refund(session=session, amount=300_000)
    hear(double)

    cancel(bought, Asker.SELLER, seller=bought.brass, why=Why.CANNOT_SEND)
    double.fault("503", **ASKED)
    cancel(bought, Asker.SELLER, seller=bought.cloth, why=Why.CANNOT_SEND)

    # Of the ₹3,570 only ₹570 were left: they go with the first part, and nothing with the second.
    own = Refund.objects.exclude(cancellation=None)
    assert [each.amount_paise for each in own] == [57_000]
    assert len(double.faults_waiting()) == 1
    bought.look()
    bought.look()
    assert given_back(bought) == 357_000
    assert bought.order.status == OrderState.CANCELLED
    check_books()


def test_a_seller_who_cannot_send_gives_goods_and_delivery_of_the_part_back(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double)

    cancel(bought, Asker.SELLER, seller=bought.brass, why=Why.BROKEN, words="The kiln broke.")
    bought.look()

    refund = Refund.objects.get()
    (line,) = refund.lines.all()
    assert (refund.amount_paise, refund.state) == (210_085, RefundState.SUCCEEDED)
    assert (line.amount, line.shipping) == (Decimal("2040.85"), Decimal("60.00"))
    assert bought.part(bought.brass).state == SellerOrderState.CANCELLED
    assert bought.part(bought.cloth).state == SellerOrderState.ACCEPTED
    assert (owed_to(bought.brass), owed_to(bought.cloth)) == (0, 146_915)
    check_books()


def test_a_voucher_of_a_cancelled_order_can_be_used_again(double: OfflineStripe) -> None:
    bought = buy_both(double)
    voucher = Voucher.objects.get()
    voucher.usage = Voucher.ONCE_PER_CUSTOMER
    voucher.save()

    def order_again() -> Decimal:
        basket = baskets.ensure_basket(user=None, token="")
        baskets.add(basket, product_id=bought.dupatta.pk, quantity=1)
        basket.vouchers.add(voucher)
        placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
        return placed.order.total_incl_tax

    cancel(bought)

    assert order_again() == Decimal("1410.00")
    assert Voucher.objects.get().num_orders == 1


def test_a_slow_refund_of_a_cancellation_that_fails_is_tried_again_once(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double, card=SLOW_REFUND)
    cancel(bought, Asker.SELLER, seller=bought.brass)
    _send_and_fail(double, bought)

    failed = Refund.objects.get()
    assert failed.state == RefundState.FAILED
    assert -balances(order=bought.order)[Account.BUYER_MONEY] == 210_085
    check_books()
    retry_refund(failed, by=None, now=now())
    retry_refund(failed, by=None, now=now())
    cancel(bought)
    bought.look()
    for refund in Refund.objects.filter(state=RefundState.PENDING):
        double.settle(refund=refund.provider_refund, ok=True)
    bought.look()

    assert refunds(bought) == [
        (210_085, RefundState.FAILED),
        (210_085, RefundState.SUCCEEDED),
        (146_915, RefundState.SUCCEEDED),
    ]
    assert given_back(bought) == 357_000
    check_books()


def test_a_failed_refund_paid_by_bank_is_not_paid_back_a_second_time(
    double: OfflineStripe,
) -> None:
    bought = buy_both(double, card=SLOW_REFUND)
    cancel(bought, Asker.SELLER, seller=bought.brass)
    _send_and_fail(double, bought)
    paid_by_bank(Refund.objects.get(), now=now())

    cancel(bought)

    assert [paise for paise, _ in refunds(bought)] == [210_085, 146_915]
    assert balances(order=bought.order)[Account.BANK] == -210_085
    assert list(audit()) == []


def test_a_person_faster_than_the_worker_does_not_pay_back_twice(double: OfflineStripe) -> None:
    bought = buy_both(double)
    cancel(bought, Asker.SELLER, seller=bought.brass)
    session = attempt_of(bought.placed).provider_session
    double.dashboard_refund(session=session, amount=210_085)

    hear(double)
    bought.look()

    assert refunds(bought) == [(210_085, RefundState.SUCCEEDED)]
    assert given_back(bought) == 210_085
    check_books()


def test_a_provider_that_is_down_keeps_the_refund_until_it_is_up(double: OfflineStripe) -> None:
    bought = buy_both(double)
    cancel(bought)
    double.fault("503", times=3, **ASKED)

    assert payment.send_refunds() == 0
    assert refunds(bought) == [(357_000, RefundState.NEW)]
    bought.look()

    assert given_back(bought) == 357_000
    assert stock_record(bought.lotas).free == 5
    check_books()


def _send_and_fail(double: OfflineStripe, bought: Bought) -> None:
    payment.send_refunds()
    refund = Refund.objects.get()
    assert refund.state == RefundState.PENDING
    double.settle(refund=refund.provider_refund, ok=False)
    hear(double)
