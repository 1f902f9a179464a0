"""Above a limit staff need a second person; until then nothing changes, and nothing is sent."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.fulfilment.services import NotNow
from storefront.order.rules import Asker, OrderState
from storefront.payment import services as payment
from storefront.payment.models import Refund
from storefront.payment.rules import RefundState
from storefront.payment.services.cancel import TooMuch
from storefront.payment.services.plan import BeingDecided, ChargeDisputed
from tests.factories.catalogue import stock_record
from tests.factories.orders import make_shipped
from tests.payment.cancelling.steps import (
    Bought,
    buy_both,
    cancel,
    check_books,
    given_back,
    make_staff,
    refunds,
)
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of


@pytest.fixture
def asked(double: OfflineStripe, settings: Any) -> Bought:
    """An order of ₹3,570 whose cancellation waits, with a limit of ₹3,000."""
    settings.REFUND_ALONE_UP_TO = Decimal(3000)
    bought = buy_both(double)
    cancel(bought, Asker.STAFF, by=make_staff("one@example.org"))
    return bought


def test_a_large_refund_waits_and_changes_nothing(asked: Bought) -> None:
    asked.look()

    assert refunds(asked) == [(357_000, RefundState.TO_APPROVE)]
    assert given_back(asked) == 0
    assert asked.order.status == OrderState.CONFIRMED
    assert stock_record(asked.lotas).free == 2
    check_books()


def test_a_second_person_says_yes_and_all_is_done(asked: Bought) -> None:
    other = make_staff("two@example.org")

    assert payment.approve(Refund.objects.get(), by=other) is True
    assert payment.approve(Refund.objects.get(), by=other) is False
    asked.look()

    assert refunds(asked) == [(357_000, RefundState.SUCCEEDED)]
    assert asked.order.status == OrderState.CANCELLED
    assert stock_record(asked.lotas).free == 5
    notes = list(asked.order.notes.order_by("pk").values_list("message", "user__email"))
    assert notes == [
        ("Refund of ₹3,570: waits for a second person.", "one@example.org"),
        ("Refund of ₹3,570: approved.", "two@example.org"),
    ]
    check_books()


def test_nobody_approves_what_they_asked_for(asked: Bought) -> None:
    refund = Refund.objects.select_related("requested_by").get()
    assert refund.requested_by is not None

    with pytest.raises(payment.OwnRefund):
        payment.approve(refund, by=refund.requested_by)
    with (
        pytest.raises(IntegrityError, match="payment_refund_by_a_second_person"),
        transaction.atomic(),
    ):
        Refund.objects.update(approved_by=refund.requested_by)
    with (
        pytest.raises(IntegrityError, match="payment_refund_waits_for_approval"),
        transaction.atomic(),
    ):
        Refund.objects.update(state=RefundState.NEW)

    assert refunds(asked) == [(357_000, RefundState.TO_APPROVE)]


def test_what_is_declined_comes_to_nothing_and_can_be_asked_for_anew(asked: Bought) -> None:
    other = make_staff("two@example.org")

    assert payment.decline_refund(Refund.objects.get(), by=other) is True
    assert payment.decline_refund(Refund.objects.get(), by=other) is False
    assert payment.approve(Refund.objects.get(), by=other) is False
    asked.look()

    assert refunds(asked) == [(357_000, RefundState.DECLINED)]
    assert stock_record(asked.lotas).free == 2
    check_books()
    cancel(asked)
    assert refunds(asked)[1] == (357_000, RefundState.NEW)


def test_while_staff_decide_nothing_is_packed_or_cancelled(asked: Bought) -> None:
    with pytest.raises(BeingDecided):
        cancel(asked)
    with pytest.raises(NotNow):
        fulfilment.pack(asked.part(asked.brass), by=None)

    assert refunds(asked) == [(357_000, RefundState.TO_APPROVE)]


def test_several_small_refunds_of_one_person_need_a_second_one_together(
    double: OfflineStripe, settings: Any
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(1000)
    bought = buy_both(double)
    lotas = bought.line(bought.lotas).pk
    one = make_staff("one@example.org")

    cancel(bought, Asker.STAFF, by=one, pieces={lotas: 1})
    cancel(bought, Asker.STAFF, by=one, pieces={lotas: 1})

    assert refunds(bought) == [(68_029, RefundState.NEW), (68_028, RefundState.TO_APPROVE)]


@pytest.mark.parametrize("asker", [Asker.BUYER, Asker.SELLER])
def test_buyers_and_sellers_wait_for_nobody(
    double: OfflineStripe, settings: Any, asker: Asker
) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    bought = buy_both(double)

    cancel(bought, asker, seller=bought.brass if asker == Asker.SELLER else None)

    assert [state for _, state in refunds(bought)] == [RefundState.NEW]


def test_a_parcel_may_arrive_while_staff_decide(double: OfflineStripe, settings: Any) -> None:
    settings.REFUND_ALONE_UP_TO = Decimal(0)
    bought = buy_both(double)
    part = make_shipped(bought.part(bought.brass))
    lotas = bought.line(bought.lotas).pk
    cancel(bought, Asker.STAFF, by=make_staff("one@example.org"), pieces={lotas: 3})
    fulfilment.deliver(part, by=None, now=now())

    payment.approve(Refund.objects.get(), by=make_staff("two@example.org"))
    bought.look()

    assert given_back(bought) == 204_085
    check_books()


def test_what_the_bank_holds_is_not_approved(double: OfflineStripe, asked: Bought) -> None:
    double.dispute(session=attempt_of(asked.placed).provider_session)
    hear(double)

    with pytest.raises(ChargeDisputed):
        payment.approve(Refund.objects.get(), by=make_staff("two@example.org"))

    assert refunds(asked) == [(357_000, RefundState.TO_APPROVE)]


def test_what_went_back_elsewhere_meanwhile_is_not_approved(
    double: OfflineStripe, asked: Bought
) -> None:
    double.dashboard_refund(session=attempt_of(asked.placed).provider_session, amount=1_000)
    hear(double)
    waiting = Refund.objects.get(state=RefundState.TO_APPROVE)

    with pytest.raises(TooMuch):
        payment.approve(waiting, by=make_staff("two@example.org"))
    payment.decline_refund(waiting, by=make_staff("three@example.org"))
    cancel(asked)
    asked.look()

    assert given_back(asked) == 357_000
    check_books()
