"""Refunds whose answer is lost, that were made elsewhere, or that come back."""

from typing import Any

import pytest
from django.core import mail

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.ledger.queries import balances, owed_to
from storefront.ledger.rules import Account
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import cancel_unpaid, lock_order
from storefront.payment import services as payment
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import MoneyMovement, Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.audit import audit
from storefront.payment.services.outside import allot
from tests.factories.catalogue import make_product
from tests.factories.orders import part_of
from tests.factories.purchase import make_basket, make_buyer
from tests.payment.faults.money import (
    FEE,
    TOTAL,
    charge_of,
    hear,
    owed_to_buyer,
    pay,
    rows,
    session_of,
)
from tests.payment.steps import attempt_of, place


class DiesAfterRefund(StripeGateway):
    """A worker that is killed after the provider took the refund, before anything is noted."""

    def refund(self, charge: str, **wanted: Any) -> Any:
        super().refund(charge, **wanted)
        raise KeyboardInterrupt


def a_refund(placed: Any, paise: int = 10_000) -> Refund:
    return Refund.objects.create(
        order=placed.order,
        attempt=attempt_of(placed),
        charge=charge_of(placed),
        amount_paise=paise,
        reason="goodwill",
    )


@pytest.mark.parametrize("first", ["send again", "look"])
def test_a_worker_that_dies_after_the_provider_refunded_refunds_once(
    double: OfflineStripe, settings: Any, first: str
) -> None:
    placed = pay(double)
    refund = a_refund(placed)
    settings.PAYMENT_WAYS = [f"{__name__}.DiesAfterRefund"]
    with pytest.raises(KeyboardInterrupt):
        payment.send_refunds()
    settings.PAYMENT_WAYS = ["storefront.payment.gateways.stripe.StripeGateway"]

    if first == "look":
        payment.sync(attempt_of(placed))
    payment.send_refunds()
    payment.sync(attempt_of(placed))

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert Refund.objects.count() == 1
    assert rows(placed) == [("capture", TOTAL), ("refund", -10_000)]


def test_a_refund_made_in_the_dashboard_is_goodwill_until_it_is_allotted(
    double: OfflineStripe,
) -> None:
    placed = pay(double)
    double.dashboard_refund(session=session_of(placed), amount=10_000)

    hear(double)
    hear(double)

    refund = Refund.objects.get()
    assert (refund.reason, refund.state, refund.amount_paise) == (
        "external",
        RefundState.SUCCEEDED,
        10_000,
    )
    assert refund.settled_at is None
    assert balances(order=placed.order) == {
        Account.GATEWAY_CLEARING: TOTAL - FEE - 10_000,
        Account.GATEWAY_FEE: FEE,
        Account.GOODWILL: 10_000,
        Account.SELLER_PAYABLE: -TOTAL,
    }

    part = part_of(placed.order)
    allot(refund, part=part, now=now())
    allot(refund, part=part, now=now())

    assert owed_to(part.seller) == TOTAL - 10_000
    assert Account.GOODWILL not in balances(order=placed.order)


def test_a_payment_given_back_in_the_dashboard_before_we_looked_pays_no_order(
    double: OfflineStripe,
) -> None:
    placed = place()
    double.pay(session_of(placed))
    double.dashboard_refund(session=session_of(placed), amount=6_000)

    payment.sync(attempt_of(placed))
    payment.send_refunds()

    assert Order.objects.get().status == OrderState.PENDING_PAYMENT
    assert rows(placed) == [("capture", TOTAL), ("refund", -6_000), ("refund", -100_000)]
    assert owed_to_buyer(placed) == 0


def test_late_money_given_back_by_a_person_first_goes_back_once(double: OfflineStripe) -> None:
    placed = place()
    double.pay(session_of(placed))
    cancel_unpaid(lock_order(placed.order.pk), reason="not paid in time")
    placed.order.lines.get().stockrecord.movements.all()
    record = placed.order.lines.get().stockrecord
    assert record is not None
    type(record).objects.filter(pk=record.pk).update(num_in_stock=0)
    payment.sync(attempt_of(placed))
    double.dashboard_refund(session=session_of(placed))

    payment.sync(attempt_of(placed))
    payment.send_refunds()

    refund = Refund.objects.get()
    assert (refund.reason, refund.state) == ("not-needed", RefundState.SUCCEEDED)
    assert rows(placed) == [("capture", TOTAL), ("refund", -TOTAL)]
    assert owed_to_buyer(placed) == 0


def test_of_late_money_of_which_a_person_gave_back_a_part_the_rest_is_sent_back(
    double: OfflineStripe,
) -> None:
    bowl = make_product(price="1000.00", stock=1)
    late = place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    assert late.attempt is not None
    payment.open_page(late.attempt)
    cancel_unpaid(lock_order(late.order.pk), reason="not paid in time")
    place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    pay(double, late)
    double.dashboard_refund(session=session_of(late), amount=6_000)

    payment.send_refunds()
    assert Refund.objects.get().state == RefundState.REVIEW
    hear(double)

    assert rows(late) == [("capture", TOTAL), ("refund", -6_000), ("refund", -100_000)]
    assert owed_to_buyer(late) == 0
    assert list(audit()) == []


def test_money_that_came_back_and_was_given_back_again_is_no_difference(
    double: OfflineStripe,
) -> None:
    placed = pay(double)
    made = double.dashboard_refund(session=session_of(placed))
    hear(double)
    double.refund_fails(made["id"])
    double.dashboard_refund(session=session_of(placed))
    hear(double)

    assert sorted(rows(placed)) == [
        ("capture", TOTAL),
        ("refund", -TOTAL),
        ("refund", -TOTAL),
        ("refund_failed", TOTAL),
    ]
    assert list(audit()) == []


def test_a_slow_refund_that_fails_is_owed_to_the_buyer_again(double: OfflineStripe) -> None:
    placed = pay(double, card="4000000000007726")
    refund = a_refund(placed)
    payment.send_refunds()
    refund.refresh_from_db()
    assert refund.state == RefundState.PENDING
    assert refund.provider_refund is not None
    double.settle(refund=refund.provider_refund, ok=False)

    hear(double)

    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED
    assert rows(placed) == [
        ("capture", TOTAL),
        ("refund", -10_000),
        ("refund_failed", 10_000),
    ]
    assert MoneyMovement.objects.filter(kind="refund_failed").count() == 1
    payment.sync(attempt_of(placed))
    assert [letter.subject for letter in mail.outbox if "sent back" in letter.subject] == [
        f"Your bank sent back the refund for order {placed.order.number}"
    ]


def test_an_older_look_does_not_undo_that_a_refund_came_back(double: OfflineStripe) -> None:
    placed = pay(double)
    refund = a_refund(placed)
    payment.send_refunds()
    old = StripeGateway().fetch(session_of(placed))
    refund.refresh_from_db()
    double.refund_fails(refund.provider_refund or "")
    payment.sync(attempt_of(placed))

    from django.db import transaction

    from storefront.payment.services.sync import _book_money

    with transaction.atomic():
        _book_money(lock_order(placed.order.pk), attempt_of(placed), old)

    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED
