"""The payment page cannot be opened, opens late, or is asked for twice."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import stripe
from django.db import connection
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.gateways.stripe import API_VERSION, StripeGateway
from storefront.payment.models import PaymentAttempt
from storefront.payment.rules import AttemptState
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.payment.steps import attempt_of, in_an_hour, place, status_of

SESSIONS = r"/v1/checkout/sessions$"
CREATE: dict[str, Any] = {"verb": "POST", "path": SESSIONS}


def sessions_at(double: OfflineStripe) -> list[str]:
    client = stripe.StripeClient(
        "sk_test_zila_offline", stripe_version=API_VERSION, base_addresses={"api": double.url}
    )
    return [each.id for each in client.v1.checkout.sessions.list().data]


def pay_page(client: Client, placed: Placed) -> str:
    return client.post(f"/en/orders/{placed.order.token}/pay/", follow=True).content.decode()


def test_a_crash_before_the_page_was_opened_leaves_one_page_and_frees_the_pieces(
    double: OfflineStripe,
) -> None:
    placed = place(is_open=False)

    assert payment.sweep(now=in_an_hour()) == 1

    assert sessions_at(double) == [attempt_of(placed).provider_session]
    assert status_of(placed) == OrderState.CANCELLED
    product = placed.order.lines.get().product
    assert product is not None
    assert stock_record(product).free == 5


def test_a_page_opened_without_an_answer_is_found_again(double: OfflineStripe) -> None:
    placed = place(is_open=False)
    double.fault("timeout_after_commit", times=3, **CREATE)
    with pytest.raises(GatewayDown):
        payment.open_page(attempt_of(placed))

    payment.open_page(attempt_of(placed))

    assert sessions_at(double) == [attempt_of(placed).provider_session]


def test_a_page_is_asked_for_again_with_the_very_same_words(double: OfflineStripe) -> None:
    placed = place()
    attempt = attempt_of(placed)
    Order.objects.update(payable_until=in_an_hour(), guest_email="other@example.org")
    PaymentAttempt.objects.update(provider_session=None, redirect_url="")

    payment.open_page(attempt_of(placed))

    assert attempt_of(placed).provider_session == attempt.provider_session
    later = attempt.request | {"expires_at": attempt.request["expires_at"] + 60}
    with pytest.raises(GatewayRefused):
        StripeGateway().create(later, key=f"att:{attempt.pk}:create")


def test_a_page_asked_for_too_late_fails_and_another_is_offered(
    double: OfflineStripe, client: Client
) -> None:
    placed = place(is_open=False)
    soon = int((now() + timedelta(minutes=20)).timestamp())
    PaymentAttempt.objects.update(request=attempt_of(placed).request | {"expires_at": soon})

    answer = client.post(f"/en/orders/{placed.order.token}/pay/")

    assert answer["Location"].startswith(double.url)
    states = PaymentAttempt.objects.order_by("sequence").values_list("state", flat=True)
    assert list(states) == [AttemptState.FAILED, AttemptState.OPEN]
    assert status_of(placed) == OrderState.PENDING_PAYMENT


@pytest.mark.parametrize("fault", ["502", "503"])
def test_two_faults_of_the_provider_are_overcome_with_the_same_key(
    double: OfflineStripe, fault: str
) -> None:
    placed = place(is_open=False)
    double.fault(fault, times=2, **CREATE)

    payment.open_page(attempt_of(placed))

    assert sessions_at(double) == [attempt_of(placed).provider_session]
    assert double.faults_waiting() == []


def test_too_many_requests_are_said_to_the_buyer_and_the_order_waits(
    double: OfflineStripe, client: Client
) -> None:
    placed = place(is_open=False)
    double.fault("429", times=1, **CREATE)

    assert "Please try again shortly." in pay_page(client, placed)

    assert attempt_of(placed).state == AttemptState.CREATED
    assert payment.page_to_pay(placed.order, now=now()).state == AttemptState.OPEN


@pytest.mark.parametrize("fault", ["401", "403"])
def test_a_bad_key_fails_the_attempt_raises_the_alarm_and_keeps_the_order(
    double: OfflineStripe, client: Client, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    placed = place(is_open=False)
    double.fault(fault, times=5, **CREATE)

    assert "Please try again shortly." in pay_page(client, placed)

    assert attempt_of(placed).state == AttemptState.FAILED
    assert status_of(placed) == OrderState.PENDING_PAYMENT
    assert caplog.records[0].levelno == logging.ERROR
    assert "no payment page for attempt" in caplog.text


@pytest.mark.parametrize("wrong", [{"unit_amount": 1}, {"currency": "zzz"}])
def test_a_request_the_provider_refuses_fails_the_attempt_and_loses_nothing(
    double: OfflineStripe, wrong: dict[str, Any]
) -> None:
    placed = place(is_open=False)
    request = attempt_of(placed).request
    request["line_items"][0]["price_data"] |= wrong
    PaymentAttempt.objects.update(request=request)

    with pytest.raises(GatewayRefused):
        payment.open_page(attempt_of(placed))

    assert attempt_of(placed).state == AttemptState.FAILED
    assert status_of(placed) == OrderState.PENDING_PAYMENT
    assert payment.page_to_pay(placed.order, now=now()).state == AttemptState.OPEN


def test_a_provider_that_is_down_at_checkout_keeps_the_one_order(
    double: OfflineStripe, client: Client
) -> None:
    basket, buyer = make_basket(make_product(stock=5)), make_buyer()
    placed = place_order(basket, buyer=buyer, expected_total=None, now=now())
    double.fault("503", times=20)

    assert "Please try again shortly." in pay_page(client, placed)
    again = place_order(basket, buyer=buyer, expected_total=None, now=now())

    assert (again.order, again.attempt) == (placed.order, placed.attempt)
    assert Order.objects.count() == 1
    assert status_of(placed) == OrderState.PENDING_PAYMENT


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_pay_at_once_get_one_page(double: OfflineStripe) -> None:
    make_post()
    placed = place(is_open=False)
    barrier = Barrier(4)

    def press(_: int) -> str:
        try:
            barrier.wait()
            return payment.page_to_pay(placed.order, now=now()).redirect_url
        except GatewayDown:
            return "asked while the other was being answered"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        urls = set(pool.map(press, range(4)))

    attempt = PaymentAttempt.objects.get()
    assert urls - {"asked while the other was being answered"} == {attempt.redirect_url}
    assert sessions_at(double) == [attempt.provider_session]
