"""A buyer comes back from the payment page: what they read while the provider is slow or down."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed
from storefront.checkout.views.order import LOOKS
from storefront.core.clock import now
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from tests.factories.purchase import make_post
from tests.payment.steps import attempt_of, place, status_of

pytestmark = pytest.mark.django_db
WORDS = {"en": "Your payment is being checked", "hi": "आपके भुगतान की जाँच हो रही है"}


@pytest.fixture
def paid_order(stripe_double: OfflineStripe) -> Placed:
    make_post()
    placed = place()
    stripe_double.pay(attempt_of(placed).provider_session or "")
    return placed


def link(placed: Placed, language: str = "en") -> str:
    return f"/{language}/orders/{placed.order.token}/paid/"


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_slow_provider_costs_the_buyer_four_seconds_and_the_page_looks_again(
    client: Client, stripe_double: OfflineStripe, paid_order: Placed, language: str
) -> None:
    stripe_double.fault("slow", times=1, verb="GET", path="/v1/checkout/sessions/", seconds=6)
    begin = time.monotonic()

    answer = client.get(link(paid_order, language))

    assert time.monotonic() - begin < 4
    assert answer.status_code == 200
    assert WORDS[language] in answer.content.decode()
    assert answer["Refresh"] == f"3;url={link(paid_order, language)}?look=2"
    assert status_of(paid_order) == OrderState.PENDING_PAYMENT

    again = client.get(f"{link(paid_order, language)}?look=2")
    assert again["Location"] == f"/{language}/orders/{paid_order.order.token}/"
    assert status_of(paid_order) == OrderState.CONFIRMED
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("look", [str(LOOKS), str(LOOKS + 1), "0", "-1", "x", "9" * 5000])
def test_after_the_last_look_the_page_stops_and_promises_a_letter(
    client: Client, stripe_double: OfflineStripe, paid_order: Placed, look: str
) -> None:
    stripe_double.fault("502", times=1, verb="GET", path="/v1/checkout/sessions/")

    answer = client.get(link(paid_order), {"look": look})

    assert "Refresh" not in answer
    assert f"we write to {paid_order.order.email}" in answer.content.decode()


def test_what_the_message_told_already_is_not_asked_again(
    client: Client, stripe_double: OfflineStripe, paid_order: Placed
) -> None:
    payment.sync(attempt_of(paid_order))
    stripe_double.fault("502", times=1, verb="GET", path="/v1/checkout/sessions/")

    answer = client.get(link(paid_order))

    assert answer["Location"] == f"/en/orders/{paid_order.order.token}/"
    assert len(stripe_double.faults_waiting()) == 1
    stripe_double.reset()


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Your bank is still at work"), ("hi", "आपके बैंक का काम अभी चल रहा है")],
)
def test_a_bank_that_needs_a_day_is_waited_for_without_a_button_to_pay_again(
    client: Client, stripe_double: OfflineStripe, language: str, heading: str
) -> None:
    make_post()
    placed = place()
    stripe_double.pay_later(attempt_of(placed).provider_session or "")

    page = client.get(link(placed, language), follow=True).content.decode()

    assert heading in page
    assert f"/orders/{placed.order.token}/pay/" not in page
    payment.sweep(now=now() + timedelta(hours=2))
    assert status_of(placed) == OrderState.PENDING_PAYMENT
