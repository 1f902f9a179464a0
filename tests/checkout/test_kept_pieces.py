"""The checkout page keeps the pieces, says until when, and what to do if that was too short."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.session import COOKIE
from storefront.checkout.services import place_order
from storefront.core.clock import clock_text, now
from storefront.order.models import Order
from storefront.payment.models import PaymentAttempt
from storefront.stock.models import Hold
from storefront.stock.queries import differences
from tests.factories.catalogue import make_product, stock_record
from tests.factories.purchase import address_form, make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def holding(client: Client, basket: Basket) -> Client:
    """Let the client hold a guest's basket."""
    client.cookies[COOKIE] = basket.token
    return client


def run_out(basket: Basket) -> None:
    """Let the time of a basket's holds be over."""
    baskets.hold(basket, now=now() - timedelta(minutes=11))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your pieces are kept for you until {}."),
        ("hi", "आपकी चीज़ें {} बजे तक आपके लिए रखी हैं।"),
    ],
)
def test_the_page_says_until_when_the_pieces_are_kept(
    client: Client, language: str, text: str
) -> None:
    basket = make_basket(make_product(stock=1))

    page = holding(client, basket).get(f"/{language}/checkout/")

    until = clock_text(Hold.objects.get(basket=basket).until)
    assert f'<p class="notice">{text.format(until)}</p>' in page.content.decode()


def test_looking_at_the_head_or_the_basket_keeps_nothing(client: Client) -> None:
    holding(client, make_basket(make_product(stock=1)))

    client.head(reverse("checkout"))
    client.get(reverse("basket"))

    assert Hold.objects.count() == 0


def test_a_mistake_in_the_form_gives_the_whole_time_again(client: Client) -> None:
    basket = make_basket(make_product(stock=1))
    run_out(basket)

    holding(client, basket).post(reverse("checkout"), address_form(email="nobody"))

    assert Hold.objects.get(basket=basket).until > now() + timedelta(minutes=9)


def test_too_slow_and_somebody_faster_is_a_list_of_problems_before_any_money(
    client: Client,
) -> None:
    vase = make_product(stock=1, is_one_of_a_kind=True)
    slow, quick = make_basket(vase), make_basket(vase)
    run_out(slow)
    place_order(quick, buyer=make_buyer(), expected_total=None, now=now())

    page = holding(client, slow).post(reverse("checkout"), address_form())

    html = page.content.decode()
    assert page.status_code == 409
    assert "Somebody else bought the last one. Please remove it." in html
    assert re.search(r'href="/en/basket/#line-\d+"', html)
    assert (Order.objects.count(), PaymentAttempt.objects.count()) == (1, 1)
    assert Hold.objects.count() == 0
    assert differences() == []


def test_a_piece_somebody_else_keeps_is_a_problem_with_the_time_to_come_back(
    client: Client,
) -> None:
    vase = make_product(stock=1, is_one_of_a_kind=True)
    mine, other = make_basket(vase), make_basket(vase)
    baskets.hold(other, now=now())

    page = holding(client, mine).get(reverse("checkout"))

    until = clock_text(Hold.objects.get(basket=other).until)
    assert f"you can have it after {until}." in page.content.decode()
    assert "kept for you until" not in page.content.decode()
    assert stock_record(vase).num_allocated == 1
