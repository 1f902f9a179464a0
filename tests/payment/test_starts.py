"""How often payments may be started, by whom, and what the eleventh is told."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket.models import Basket
from storefront.basket.session import COOKIE
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.core.doors import came_from
from storefront.order.models import Order
from storefront.payment import services as payment
from storefront.payment.models import StartsInHour
from storefront.payment.queries import CASH
from storefront.payment.rules import AttemptState
from tests.api.conftest import Caller, order_of
from tests.factories.cash import make_terms
from tests.factories.catalogue import make_product
from tests.factories.purchase import address_form, make_basket, make_buyer, make_post
from tests.payment.steps import place

MOST = 3
HOUR = datetime(2026, 11, 26, 9, 59, tzinfo=ZoneInfo("UTC"))


@pytest.fixture(autouse=True)
def _few(settings: Any, db: None) -> None:
    settings.PAYMENT_STARTS_AN_HOUR = MOST
    make_post()


def start(number: int, *, at: datetime = HOUR, way: str = "", **facts: Any) -> Order:
    """Place an order of a buyer of whom nothing is known twice, but what is told."""
    known = {
        "email": f"buyer{number}@example.org",
        "phone": f"+91987654{number:04d}",
        "came_from": f"203.0.113.{number}",
    }
    buyer = make_buyer(**(known | facts))
    basket = make_basket(make_product())
    return place_order(basket, buyer=buyer, expected_total=None, now=at, way=way).order


@pytest.mark.parametrize(
    "same",
    [
        {"email": "one@example.org"},
        {"phone": "+919876543210"},
        {"came_from": "198.51.100.7"},
    ],
)
def test_each_of_address_mail_and_phone_starts_so_many_payments_an_hour(
    same: dict[str, str],
) -> None:
    for number in range(MOST):
        start(number, **same)

    with pytest.raises(payment.TooManyStarts, match="in an hour"):
        start(9, **same)

    assert Order.objects.count() == MOST
    start(10, at=HOUR + timedelta(minutes=2), **same)


def test_letters_large_and_small_are_one_mail() -> None:
    for number, name in enumerate(("asha", "Asha", "ASHA")):
        start(number, email=f"{name}@example.org")

    with pytest.raises(payment.TooManyStarts):
        start(9, email="aSHa@example.org")


def test_cash_orders_count_too() -> None:
    make_terms()
    for number in range(MOST):
        start(number, way=CASH, email="one@example.org")

    with pytest.raises(payment.TooManyStarts):
        start(9, email="one@example.org")


def test_a_basket_whose_order_is_refused_stays_open_for_whoever_has_it_in_hand() -> None:
    for number in range(MOST):
        start(number, email="one@example.org")
    basket, buyer = make_basket(make_product()), make_buyer(email="one@example.org")

    with pytest.raises(payment.TooManyStarts):
        place_order(basket, buyer=buyer, expected_total=None, now=HOUR)

    assert basket.status == Basket.OPEN
    basket.refresh_from_db()
    assert basket.status == Basket.OPEN


def test_what_is_counted_names_nobody_and_is_forgotten_after_a_day() -> None:
    start(1)
    assert StartsInHour.objects.count() == 3
    assert all(len(who) == 64 for who in StartsInHour.objects.values_list("who", flat=True))

    assert payment.forget_starts(now=HOUR + timedelta(hours=23)) == 0
    assert payment.forget_starts(now=HOUR + timedelta(hours=26)) == 3


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Too many payments were started"), ("hi", "बहुत सारे भुगतान शुरू किए गए")],
)
def test_the_checkout_answers_429_in_both_languages_and_the_basket_stays(
    client: Client, stripe_double: OfflineStripe, language: str, words: str
) -> None:
    for number in range(MOST):
        start(number, at=now(), email="asha@example.org")
    client.cookies[COOKIE] = make_basket(make_product()).token

    answer = client.post(f"/{language}/checkout/", address_form())

    assert answer.status_code == 429
    assert words in answer.content.decode()
    assert Order.objects.count() == MOST


def test_the_api_answers_429_with_a_problem_and_says_when(stripe_double: OfflineStripe) -> None:
    for number in range(MOST):
        start(number, at=now(), email="asha@example.org")
    api = Caller()

    answer = api.order(order_of(api.basket_of(make_product(price="1000.00").pk), "1060.00"))

    assert answer.status_code == 429
    assert answer.json()["code"] == "too-many-payments"
    assert answer["Retry-After"] == "3600"
    assert Order.objects.count() == MOST


def test_an_order_is_tried_five_times_and_then_answers_429(
    client: Client, stripe_double: OfflineStripe, settings: Any
) -> None:
    settings.PAYMENT_STARTS_AN_HOUR = 100
    placed = place()
    for _ in range(4):
        attempt = placed.order.attempts.order_by("-sequence")[0]
        payment.attempts.close_page(attempt)
        payment.page_to_pay(placed.order, now=now())
    last = placed.order.attempts.order_by("-sequence")[0]
    payment.attempts.close_page(last)

    answer = client.post(f"/en/orders/{placed.order.token}/pay/")

    assert answer.status_code == 429
    assert "tried to be paid too often" in answer.content.decode()
    assert placed.order.attempts.count() == 5
    assert not placed.order.attempts.exclude(state=AttemptState.EXPIRED).exists()


@pytest.mark.parametrize(
    ("near", "told", "address"),
    [
        ("8.8.8.8", "", "8.8.8.8"),
        ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
        ("127.0.0.1", "", ""),
        ("127.0.0.1", "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        ("10.0.0.2", "nonsense", ""),
        ("10.0.0.2", "2606:4700::1111", "2606:4700::1111"),
        ("", "", ""),
    ],
)
def test_where_a_request_comes_from_is_what_the_nearest_stranger_or_our_own_proxy_says(
    rf: Any, near: str, told: str, address: str
) -> None:
    request = rf.get("/", REMOTE_ADDR=near, headers={"x-forwarded-for": told} if told else {})

    assert came_from(request) == address
