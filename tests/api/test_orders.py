"""Ordering through the API: once for each key, checked like the shop's own form, nothing lost."""

import json
from typing import Any

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket.models import Basket
from storefront.catalogue import services as catalogue
from storefront.checkout.models import OrderRequest
from storefront.order.models import Order
from storefront.payment import services as payment
from storefront.payment.gateways.registry import main_gateway
from storefront.payment.models import PaymentAttempt
from tests.api.conftest import Caller, Json, order_of
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.purchase import make_unserved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office", "stripe_double")]


@pytest.fixture
def body(api: Caller) -> Json:
    """An order of one lota for ₹1,060."""
    return order_of(api.basket_of(make_product(price="1000.00", stock=5).pk), "1060.00")


def test_the_same_key_and_body_give_the_same_order(api: Caller, body: Json) -> None:
    first = api.order(body)

    again = api.order(body)

    assert again.status_code == 201
    assert again.json() == first.json()
    assert Order.objects.count() == 1
    assert PaymentAttempt.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(api: Caller, body: Json) -> None:
    api.order(body)
    body["contact"]["name"] = "Somebody Else"

    answer = api.order(body)

    assert answer.status_code == 409
    assert answer.json()["code"] == "idempotency-key-reused"
    assert Order.objects.get().shipping_address.first_name == "Asha Verma"


def test_a_key_leads_to_its_order_even_when_that_was_cancelled(api: Caller, body: Json) -> None:
    token = api.order(body).json()["token"]
    api.post(f"orders/{token}/cancel")

    again = api.order(body).json()
    anew = api.order(body, key="key-2").json()

    assert (again["token"], again["state"], again["payment"]) == (token, "cancelled", None)
    assert anew["token"] != token
    assert anew["state"] == "pending-payment"


def test_after_a_refusal_the_key_can_be_used_for_the_corrected_order(
    api: Caller, body: Json
) -> None:
    wrong = body | {"expected_total": {"amount": "1.00", "currency": "INR"}}

    refused = api.order(wrong)
    placed = api.order(body)

    assert refused.status_code == 409
    assert refused.json()["code"] == "total-changed"
    assert "₹1,060" in refused.json()["detail"]
    assert placed.status_code == 201
    assert OrderRequest.objects.get().order == Order.objects.get()


@pytest.mark.parametrize("key", [None, "", "k" * 101, "clé"])
def test_an_order_needs_a_key(api: Caller, body: Json, key: str | None) -> None:
    answer = api.post("orders", body, **({} if key is None else {"idempotency-key": key}))

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["header", "Idempotency-Key"]
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    ("part", "wrong", "message"),
    [
        ("address", {"pin": "999999"}, "We know no post office with this PIN code."),
        ("address", {"pin": "12"}, "A PIN code has six digits"),
        ("address", {"state": "07"}, "PIN 226001 lies in Uttar Pradesh, not in Delhi."),
        ("address", {"state": "77"}, "Select a valid choice."),
        ("address", {"line1": "  "}, "This field is required."),
        ("address", {"line1": "x" * 121}, "at most 120 characters"),
        ("contact", {"email": "nobody"}, "Enter a valid email address."),
        ("contact", {"phone": "12345"}, "Please give an Indian mobile number"),
        ("contact", {"name": None}, "Please give a text."),
    ],
)
def test_contact_and_address_are_checked_like_the_shops_own_form(
    api: Caller, body: Json, part: str, wrong: Json, message: str
) -> None:
    body[part] |= wrong

    answer = api.order(body)

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["loc"] == ["body", part, *wrong]
    assert message in error["msg"]
    assert Order.objects.count() == 0


def test_an_order_to_where_no_parcel_goes_is_refused(api: Caller, body: Json) -> None:
    make_unserved("226001")

    answer = api.order(body)

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["loc"] == ["body", "address", "pin"]
    assert error["msg"].endswith("is broken. Please give an address somewhere else.")
    assert Order.objects.count() == 0


@pytest.mark.parametrize("total", ["1060", "1060.000", "-1.00", "1e3", "NaN", 1060.0, "01060.00"])
def test_a_total_that_is_no_money_is_a_problem(api: Caller, body: Json, total: Any) -> None:
    body["expected_total"] = {"amount": total, "currency": "INR"}

    answer = api.order(body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "expected_total", "amount"]


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b"[" * 100_000, 400, "malformed"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"", 422, "invalid"),
        (b'{"note": "' + b"x" * 3_000_000 + b'"}', 413, "too-large"),
    ],
)
def test_a_body_that_is_no_order_is_a_problem(
    api: Caller, raw: bytes, status: int, code: str
) -> None:
    answer = api.send("post", "orders", raw, **{"idempotency-key": "key-1"})

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code


def test_the_basket_of_somebody_else_cannot_be_guessed(api: Caller, body: Json) -> None:
    answer = api.order(body | {"basket_token": "x" * 32})

    assert answer.status_code == 404
    assert OrderRequest.objects.count() == 0


def test_an_empty_basket_cannot_be_ordered(api: Caller) -> None:
    answer = api.order(order_of(api.post("baskets").json(), "0.00"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "basket-empty"


def test_a_withdrawn_product_is_named_line_by_line(api: Caller) -> None:
    lota = make_product(price="1000.00")
    basket = api.basket_of(lota.pk)
    catalogue.withdraw(lota)

    answer = api.order(order_of(basket, "1060.00"))

    assert answer.status_code == 409
    assert answer.json()["code"] == "basket-has-problems"
    assert [line["code"] for line in answer.json()["lines"]] == ["withdrawn"]
    assert stock_record(lota).num_allocated == 0


def test_while_the_provider_is_down_the_order_waits_for_the_same_key(
    api: Caller, body: Json, stripe_double: OfflineStripe, settings: Any
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    down = api.order(body)
    settings.STRIPE_API_BASE = stripe_double.url
    again = api.order(body)

    assert down.status_code == 503
    assert down.json()["code"] == "gateway-down"
    assert down["Retry-After"] == "10"
    assert "APIConnectionError" not in down.json()["detail"]
    assert again.status_code == 201
    assert again.json()["payment"]["url"].startswith(stripe_double.url)
    assert Order.objects.count() == 1


def test_after_a_declined_card_the_same_page_is_paid(
    api: Caller, body: Json, stripe_double: OfflineStripe
) -> None:
    order = api.order(body).json()
    session = PaymentAttempt.objects.get().provider_session or ""
    stripe_double.pay(session, card="4000000000000002")
    payment.sync(PaymentAttempt.objects.get())

    again = api.post(f"orders/{order['token']}/pay")

    assert again.status_code == 200
    assert again.json() == order["payment"]


def test_a_new_page_is_opened_when_the_last_one_is_over(
    api: Caller, body: Json, stripe_double: OfflineStripe
) -> None:
    order = api.order(body).json()
    attempt = PaymentAttempt.objects.get()
    main_gateway().expire(attempt.provider_session or "")
    payment.sync(attempt)

    assert api.get(f"orders/{order['token']}").json()["payment"] is None
    again = api.post(f"orders/{order['token']}/pay").json()

    assert again["url"] != order["payment"]["url"]
    assert api.get(f"orders/{order['token']}").json()["payment"] == again


def test_a_cancelled_order_gives_basket_and_stock_back(api: Caller, body: Json) -> None:
    token = api.order(body).json()["token"]

    answers = [api.post(f"orders/{token}/cancel") for _ in range(2)]

    assert [answer.json()["state"] for answer in answers] == ["cancelled", "cancelled"]
    assert api.get(f"baskets/{body['basket_token']}").json()["can_be_ordered"] is True
    pay = api.post(f"orders/{token}/pay")
    assert (pay.status_code, pay.json()["code"]) == (409, "not-payable")


def test_an_order_paid_a_moment_before_it_is_cancelled_pays_back_and_is_not_paid_again(
    api: Caller, body: Json, stripe_double: OfflineStripe
) -> None:
    order = api.order(body).json()
    stripe_double.pay(PaymentAttempt.objects.get().provider_session or "")

    cancel = api.post(f"orders/{order['token']}/cancel")
    pay = api.post(f"orders/{order['token']}/pay")

    assert (cancel.status_code, cancel.json()["state"]) == (200, "cancelled")
    assert cancel.json()["refunds"][0]["amount"]["amount"] == "1060.00"
    assert (pay.status_code, pay.json()["code"]) == (409, "not-payable")


def test_an_order_shows_neither_mail_nor_phone(api: Caller, body: Json) -> None:
    token = api.order(body).json()["token"]

    order = api.get(f"orders/{token}")

    assert order["Cache-Control"] == "private, no-store"
    assert "asha@example.org" not in order.content.decode()
    assert "98765" not in order.content.decode()


def test_an_order_that_nobody_placed_is_not_found(api: Caller) -> None:
    answers = [
        api.get("orders/made-up"),
        api.post("orders/made-up/pay"),
        api.post("orders/made-up/cancel"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_an_order_costs_the_same_queries_whatever_it_holds(
    api: Caller, count: int, django_assert_num_queries: Any
) -> None:
    products = [make_product(price="100.00", seller=make_seller(f"S{n}")) for n in range(count)]
    basket = api.basket_of(*(product.pk for product in products))
    token = api.order(order_of(basket, f"{160 * count}.00")).json()["token"]

    with django_assert_num_queries(5):
        order = api.get(f"orders/{token}").json()

    assert len(order["parts"]) == count


def test_a_basket_that_was_ordered_says_so_and_is_kept(api: Caller, body: Json) -> None:
    api.order(body)

    answer = api.get(f"baskets/{body['basket_token']}")

    assert answer.status_code == 409
    assert answer.json()["code"] == "basket-closed"
    assert json.loads(answer.content)["title"] == "This basket was ordered already"
    assert Basket.objects.get(token=body["basket_token"]).status == Basket.FROZEN
