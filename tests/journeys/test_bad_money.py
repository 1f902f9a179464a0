"""Money that is no money, and requests that are no requests: refused, counted, nothing changed."""

from typing import Any

import pytest
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket.models import Basket
from storefront.order.models import Order
from storefront.payment.models import PaymentAttempt
from tests.factories.catalogue import make_product
from tests.factories.purchase import make_basket, make_post
from tests.journeys.reader import Reader, refused
from tests.journeys.test_bad_input import order_body

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("language", ["en", "hi"])]
LARGE = "x" * 2 * 1024 * 1024


@pytest.fixture
def reader(language: str, stripe_double: OfflineStripe) -> Reader:
    make_post()
    return Reader(language)


@pytest.fixture
def basket(reader: Reader) -> Basket:
    return make_basket(make_product(price="1000.00", stock=5))


def place(reader: Reader, body: dict[str, Any]) -> Any:
    return reader.calls("orders", body, **{"idempotency-key": "key-1"})


@pytest.mark.parametrize("currency", ["USD", "inr", "", None, 356])
def test_an_amount_in_another_currency_buys_nothing(
    reader: Reader, basket: Basket, currency: Any
) -> None:
    body = order_body(basket)
    body["expected_total"]["currency"] = currency

    answer = place(reader, body)

    reader.says(answer, 422, "Please check what you sent")
    assert answer.json()["errors"][0]["loc"] == ["body", "expected_total", "currency"]
    assert not Order.objects.exists()
    assert refused("api") == {"invalid": 1}


def test_a_key_used_again_with_another_body_changes_nothing(reader: Reader, basket: Basket) -> None:
    body = order_body(basket)
    place(reader, body)

    answer = place(reader, body | {"contact": body["contact"] | {"name": "Somebody Else"}})

    reader.says(answer, 409, "This key was used for another order. Please make a new one.")
    assert Order.objects.count() == PaymentAttempt.objects.count() == 1
    assert refused("api") == {"idempotency-key-reused": 1}


def test_a_body_of_two_megabytes_is_refused_at_every_door(reader: Reader, basket: Basket) -> None:
    body = order_body(basket)
    body["contact"]["name"] = LARGE

    called = place(reader, body)
    page = reader.posts("checkout/", name=LARGE * 2)
    message = Client().post(
        "/webhooks/stripe/",
        LARGE,
        content_type="application/json",
        headers={"stripe-signature": ""},
    )

    assert called.status_code in {413, 422}
    assert page.status_code in {302, 413, 422}
    assert message.status_code == 413
    assert not Order.objects.exists()
    assert refused("provider") == {"too-large": 1}
    assert sum(refused("api").values()) == 1
