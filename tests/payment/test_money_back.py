"""Refunds that take their time, or come back."""

from datetime import timedelta

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.order.services import cancel_unpaid, lock_order
from storefront.payment import services as payment
from storefront.payment.models import MoneyMovement, PaymentAttempt, ProviderEvent, Refund
from storefront.payment.rules import MoneyKind, RefundState
from storefront.payment.services import events
from tests.factories.catalogue import make_product
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.payment.steps import attempt_of

pytestmark = pytest.mark.django_db
SLOW_REFUND = "4000000000007726"


@pytest.fixture(autouse=True)
def _double(stripe_double: OfflineStripe) -> None:
    make_post()


def late_money(stripe_double: OfflineStripe, *, card: str) -> Refund:
    """Let money come for an order that ended and whose piece somebody else bought."""
    bowl = make_product(price="1000.00", stock=1)
    late = place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    assert late.attempt is not None
    payment.open_page(late.attempt)
    stripe_double.pay(attempt_of(late).provider_session or "", card=card)
    cancel_unpaid(lock_order(late.order.pk), reason="not paid in time")
    place_order(make_basket(bowl), buyer=make_buyer(), expected_total=None, now=now())
    payment.sync(attempt_of(late))
    return Refund.objects.get()


def test_a_refund_that_takes_time_is_looked_at_until_it_is_done(
    stripe_double: OfflineStripe,
) -> None:
    refund = late_money(stripe_double, card=SLOW_REFUND)
    payment.send_refunds()
    refund.refresh_from_db()
    assert refund.state == RefundState.PENDING
    stripe_double.clock(advance=120)

    payment.poll(now=now() + timedelta(minutes=6))

    refund.refresh_from_db()
    assert refund.state == RefundState.SUCCEEDED
    assert PaymentAttempt.objects.get(pk=refund.attempt_id).next_sync_at is None


def test_a_message_about_a_refund_that_came_back_is_understood(
    stripe_double: OfflineStripe,
) -> None:
    refund = late_money(stripe_double, card="4242424242424242")
    payment.send_refunds()
    refund.refresh_from_db()
    stripe_double.refund_fails(refund.provider_refund or "")
    event = ProviderEvent.objects.create(
        provider="stripe", event_id="evt_1", type="refund.failed", object_id=refund.provider_refund
    )

    events.work(event.pk)

    refund.refresh_from_db()
    assert refund.state == RefundState.FAILED
    kinds = set(MoneyMovement.objects.exclude(kind="fee").values_list("kind", flat=True))
    assert kinds == {MoneyKind.CAPTURE, MoneyKind.REFUND, MoneyKind.REFUND_FAILED}
