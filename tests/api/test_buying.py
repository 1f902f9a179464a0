"""A purchase from the first look to the confirmed order, through the API alone."""

import json
from decimal import Decimal

import pytest
from django.core import mail

from fixtures.stripe_double.runner import OfflineStripe
from storefront.order.models import Order
from storefront.payment import services as payment
from storefront.payment.models import PaymentAttempt
from tests.api.conftest import Caller, order_of
from tests.factories.catalogue import make_product, make_seller, stock_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]


def test_two_products_of_two_sellers_are_bought_through_the_api_alone(
    api: Caller, stripe_double: OfflineStripe
) -> None:
    lota = make_product(price="1000.00", stock=5, seller=make_seller("Brass One"))
    bell = make_product(price="250.50", stock=9, seller=make_seller("Bell Two"), title_en="Bell")

    seen = api.get("products").json()["items"]
    basket = api.basket_of(*(each["id"] for each in seen), quantity=2)
    quote = api.post(f"baskets/{basket['token']}/quote", {"state": "09"}).json()
    placed = api.order(order_of(basket, quote["total"]["amount"]))

    assert quote["total"] == {"amount": "2621.00", "currency": "INR"}
    assert [each["charge"]["amount"] for each in quote["deliveries"]] == ["60.00", "60.00"]
    assert placed.status_code == 201
    order = placed.json()
    assert order["state"] == "pending-payment"
    assert sorted(part["seller"] for part in order["parts"]) == ["Bell Two", "Brass One"]
    attempt = PaymentAttempt.objects.get()
    assert order["payment"]["url"] == attempt.redirect_url
    assert order["payment"]["url"].startswith(stripe_double.url)
    assert attempt.amount_paise == 262_100
    assert (stock_record(lota).free, stock_record(bell).free) == (3, 7)

    stripe_double.pay(attempt.provider_session or "")
    payment.sync(attempt)
    paid = api.get(f"orders/{order['token']}").json()

    assert paid["state"] == "confirmed"
    assert paid["payment"] is None
    assert [part["state"] for part in paid["parts"]] == ["accepted", "accepted"]
    assert paid["total"] == quote["total"]
    assert paid["ship_to"]["pin"] == "226001"
    assert Order.objects.get().total_incl_tax == Decimal("2621.00")
    assert [letter.to for letter in mail.outbox] == [["asha@example.org"]]


def test_the_page_to_pay_and_the_letter_are_in_the_language_of_the_order(
    api: Caller, stripe_double: OfflineStripe
) -> None:
    basket = api.basket_of(make_product(price="1000.00").pk)

    order = api.order(order_of(basket, "1060.00") | {"language": "hi"}).json()

    attempt = PaymentAttempt.objects.get()
    assert attempt.request["locale"] == "hi-IN"
    assert attempt.request["success_url"].endswith(f"/hi/orders/{order['token']}/paid/")


def test_nothing_of_a_price_that_a_caller_sends_is_believed(
    api: Caller, stripe_double: OfflineStripe
) -> None:
    lota = make_product(price="1000.00")
    token = api.post("baskets").json()["token"]
    tampered = {
        "product_id": lota.pk,
        "quantity": 1,
        "price": "1.00",
        "unit_price": {"amount": "1.00", "currency": "INR"},
    }

    basket = api.post(f"baskets/{token}/lines", tampered).json()
    order = api.order(order_of(basket, "1060.00") | {"total": "1.00", "discount": "1059"}).json()

    assert basket["items_total"]["amount"] == "1000.00"
    assert order["total"]["amount"] == "1060.00"
    assert json.dumps(order).count("1.00") == 0
