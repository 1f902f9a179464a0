"""When provider, worker or clock fail: no order waits for ever, and none holds up the others."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown, GatewayRefused, SessionStatus
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import PaymentAttempt
from storefront.payment.rules import AttemptState
from storefront.payment.services.sweep import POLL_AGAIN
from tests.factories.catalogue import stock_record
from tests.factories.purchase import make_post
from tests.payment.steps import attempt_of, in_an_hour, place, status_of

pytestmark = pytest.mark.django_db

SESSIONS = r"/v1/checkout/sessions$"


@pytest.fixture(autouse=True)
def _double(stripe_double: OfflineStripe) -> None:
    make_post()


def test_an_address_without_a_second_line_sends_no_empty_value() -> None:
    request = attempt_of(place()).request

    assert "line2" not in request["payment_intent_data"]["shipping"]["address"]


def test_a_page_opened_late_keeps_the_order_payable_as_long_as_itself(
    stripe_double: OfflineStripe,
) -> None:
    placed = place()
    late = placed.order.payable_until - timedelta(minutes=1)
    PaymentAttempt.objects.update(state=AttemptState.FAILED)

    attempt = payment.page_to_pay(placed.order, now=late)

    assert Order.objects.get().payable_until == attempt.expires_at
    payment.sweep(now=attempt.expires_at - timedelta(minutes=1))
    assert status_of(placed) == OrderState.PENDING_PAYMENT


def test_failing_pages_do_not_keep_the_pieces_for_ever() -> None:
    placed = place()
    for _ in range(4):
        PaymentAttempt.objects.update(state=AttemptState.FAILED)
        payment.page_to_pay(placed.order, now=now())
    PaymentAttempt.objects.update(state=AttemptState.FAILED)

    with pytest.raises(payment.NotPayable):
        payment.page_to_pay(placed.order, now=now())


def test_an_attempt_written_while_the_provider_was_down_is_replaced_when_the_buyer_comes_back(
    stripe_double: OfflineStripe,
) -> None:
    placed = place(is_open=False)
    stale = attempt_of(placed)
    request = stale.request | {"expires_at": int((now() + timedelta(minutes=20)).timestamp())}
    PaymentAttempt.objects.update(request=request)

    attempt = payment.page_to_pay(placed.order, now=now())

    assert (attempt.sequence, attempt.state) == (2, AttemptState.OPEN)
    assert attempt.redirect_url.startswith(stripe_double.url)
    assert attempt_of(placed).state == AttemptState.FAILED


def test_an_attempt_that_never_got_a_page_does_not_keep_the_order(
    stripe_double: OfflineStripe,
) -> None:
    placed = place(is_open=False)
    request = attempt_of(placed).request | {"expires_at": int(now().timestamp())}
    PaymentAttempt.objects.update(request=request)

    assert payment.sweep(now=in_an_hour()) == 1

    assert status_of(placed) == OrderState.CANCELLED


def test_a_page_forgotten_in_a_crash_is_closed_before_the_order_is_cancelled(
    stripe_double: OfflineStripe,
) -> None:
    placed = place()
    session = attempt_of(placed).provider_session or ""
    PaymentAttempt.objects.update(
        state=AttemptState.CREATED, provider_session=None, redirect_url=""
    )

    assert payment.sweep(now=in_an_hour()) == 1

    assert attempt_of(placed).provider_session == session
    assert StripeGateway().fetch(session).status == SessionStatus.EXPIRED


def test_a_fault_that_the_provider_would_repeat_for_a_day_leads_to_another_attempt(
    stripe_double: OfflineStripe,
) -> None:
    placed = place(is_open=False)
    stripe_double.fault("500", times=1, verb="POST", path=SESSIONS)
    with pytest.raises(GatewayRefused):
        payment.open_page(attempt_of(placed))

    attempt = payment.page_to_pay(placed.order, now=now())

    assert (attempt.sequence, attempt.state) == (2, AttemptState.OPEN)


def test_a_page_the_provider_does_not_know_keeps_no_order(stripe_double: OfflineStripe) -> None:
    placed = place()
    stripe_double.reset()

    assert payment.sweep(now=in_an_hour()) == 1

    assert status_of(placed) == OrderState.CANCELLED
    assert stock_record(placed.order.lines.get().product).free == 5


def test_a_key_that_may_not_look_keeps_the_order_and_its_pieces(
    stripe_double: OfflineStripe,
) -> None:
    placed = place()
    stripe_double.fault("401", times=20)

    assert payment.sweep(now=in_an_hour()) == 0

    assert status_of(placed) == OrderState.PENDING_PAYMENT
    assert attempt_of(placed).state == AttemptState.OPEN


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (AttemptState.CAPTURED, SessionStatus.PROCESSING),
        (AttemptState.PROCESSING, SessionStatus.OPEN),
        (AttemptState.FAILED, SessionStatus.EXPIRED),
    ],
)
def test_a_look_that_is_written_down_late_moves_nothing_back(
    settings: Any, state: AttemptState, seen: SessionStatus
) -> None:
    placed = place()
    PaymentAttempt.objects.update(state=state)
    settings.PAYMENT_WAYS = [f"{__name__}.Late{seen.name.title()}"]

    payment.sync(attempt_of(placed))

    assert attempt_of(placed).state == state


class LateProcessing(StripeGateway):
    """Stripe, as it was when the payment was on its way."""

    seen = SessionStatus.PROCESSING

    def fetch(self, session: str, *, is_awaited: bool = False, is_first: bool = False) -> Any:
        return replace(super().fetch(session, is_awaited=is_awaited), status=self.seen)


class LateOpen(LateProcessing):
    """Stripe, as it was before the buyer paid."""

    seen = SessionStatus.OPEN


class LateExpired(LateProcessing):
    """Stripe, saying of a failed page that it is closed."""

    seen = SessionStatus.EXPIRED


def test_an_attempt_that_cannot_be_looked_at_goes_to_the_end_of_the_queue() -> None:
    placed = place()
    PaymentAttempt.objects.update(provider_session="cs_of_nobody")
    later = now() + timedelta(minutes=3)

    payment.poll(now=later)

    assert attempt_of(placed).next_sync_at == later + POLL_AGAIN


def test_an_order_that_cannot_be_ended_does_not_hold_up_the_next(settings: Any) -> None:
    broken, other = place(), place()
    settings.PAYMENT_WAYS = [f"{__name__}.Broken"]
    Broken.session = attempt_of(broken).provider_session or ""

    assert payment.sweep(now=in_an_hour()) == 1

    assert status_of(broken) == OrderState.PENDING_PAYMENT
    assert status_of(other) == OrderState.CANCELLED


class Broken(StripeGateway):
    """A gateway with a fault of our own in it."""

    session = ""

    def fetch(self, session: str, *, is_awaited: bool = False, is_first: bool = False) -> Any:
        if session == self.session:
            raise KeyError(session)
        return super().fetch(session, is_awaited=is_awaited)


def test_the_sweep_stops_asking_a_provider_that_is_down(settings: Any) -> None:
    for _ in range(5):
        place()
    settings.PAYMENT_WAYS = [f"{__name__}.Down"]
    Down.asked = 0

    assert payment.sweep(now=in_an_hour()) == 0

    assert Down.asked == 3


class Down(StripeGateway):
    """A provider that cannot be reached."""

    asked = 0

    def expire(self, session: str) -> None:
        type(self).asked += 1
        raise GatewayDown("down")


def test_a_page_refused_by_the_provider_is_not_called_a_declined_card(
    client: Client, stripe_double: OfflineStripe
) -> None:
    placed = place(is_open=False)
    stripe_double.fault("403", times=1, verb="POST", path=SESSIONS)
    with pytest.raises(GatewayRefused):
        payment.open_page(attempt_of(placed))

    page = client.get(f"/en/orders/{placed.order.token}/").content.decode()

    assert "declined" not in page
