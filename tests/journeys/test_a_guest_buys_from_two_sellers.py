"""A guest's whole purchase over HTTP, as a browser without JavaScript does it."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from fixtures.stripe_double.runner import OfflineStripe
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment.models import PaymentAttempt
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.purchase import address_form, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(stripe_double: OfflineStripe) -> OfflineStripe:
    make_post()
    return stripe_double


def put_in_basket(client: Client, product: Any, quantity: int = 1) -> Any:
    return client.post(
        reverse("basket-add"), {"product_id": product.pk, "quantity": quantity}, follow=True
    )


def test_from_product_to_confirmed_order(browser_client: Client, shop: OfflineStripe) -> None:
    lota = make_product(title_en="Brass lota", seller=make_seller("One"), price="1000.00", stock=3)
    bell = make_product(title_en="Temple bell", seller=make_seller("Two"), price="500.00", stock=3)

    put_in_basket(browser_client, lota, 2)
    page = put_in_basket(browser_client, bell).content.decode()
    assert "Brass lota" in page
    assert "Temple bell" in page
    assert "₹2,500" in page

    form_page = browser_client.get(reverse("checkout")).content.decode()
    assert "₹2,620" in form_page
    total = re.search(r'name="expected_total" value="([\d.]+)"', form_page)
    assert total is not None

    to_bank = browser_client.post(reverse("checkout"), address_form(expected_total=total[1]))
    assert to_bank.status_code == 302
    assert to_bank["Location"].startswith(shop.url)
    order = Order.objects.get()
    assert order.status == OrderState.PENDING_PAYMENT

    shop.pay(PaymentAttempt.objects.get().provider_session or "")
    back = browser_client.get(reverse("order-paid", args=[order.token]), follow=True)

    assert "your order is confirmed" in back.content.decode()
    assert order.number in back.content.decode()
    assert len(mail.outbox) == 1
    assert f"/en/orders/{order.token}/" in str(mail.outbox[0].body)
    assert browser_client.get(reverse("me")).json()["basket_count"] == 0
    assert stock_record(lota).free == 1


def test_a_declined_card_leaves_an_order_that_can_be_paid_or_given_back(
    browser_client: Client, shop: OfflineStripe
) -> None:
    lota = make_product(stock=1, is_one_of_a_kind=True)
    put_in_basket(browser_client, lota)
    browser_client.post(reverse("checkout"), address_form())
    order = Order.objects.get()
    shop.pay(PaymentAttempt.objects.get().provider_session or "", card="4000000000000002")

    page = browser_client.get(reverse("order-paid", args=[order.token]), follow=True)
    assert "declined" in page.content.decode()
    again = browser_client.post(reverse("order-pay", args=[order.token]))
    assert again["Location"].startswith(shop.url)

    back = browser_client.post(reverse("order-cancel", args=[order.token]), follow=True)

    assert "Brass lota" in back.content.decode()
    assert stock_record(lota).free == 1
    assert Order.objects.get().status == OrderState.CANCELLED
    assert browser_client.get(reverse("me")).json()["basket_count"] == 1


def test_the_same_form_sent_twice_makes_one_order(
    browser_client: Client, shop: OfflineStripe
) -> None:
    put_in_basket(browser_client, make_product())

    first = browser_client.post(reverse("checkout"), address_form())
    second = browser_client.post(reverse("checkout"), address_form())

    assert Order.objects.count() == 1
    assert first["Location"].startswith(shop.url)
    assert second["Location"] == reverse("order", args=[Order.objects.get().token])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"postcode": "12345"}, "six digits"),
        ({"postcode": "999999"}, "no post office"),
        ({"state": "07"}, "PIN 226001 lies in Uttar Pradesh, not in Delhi"),
        ({"phone": "12345"}, "Indian mobile number"),
        ({"email": "nobody"}, "valid email"),
        ({"expected_total": "1.00"}, "The total is now ₹1,510"),
    ],
)
def test_a_mistake_in_the_form_is_said_and_nothing_is_lost(
    browser_client: Client, shop: OfflineStripe, changes: dict[str, str], words: str
) -> None:
    make_state_delhi()
    put_in_basket(browser_client, make_product(price="1450.00"))

    answer = browser_client.post(reverse("checkout"), address_form(**changes))

    assert answer.status_code in {409, 422}
    assert words in answer.content.decode()
    assert "12 Hazratganj" in answer.content.decode()
    assert Order.objects.count() == 0


def test_a_mistake_is_said_in_hindi_on_the_hindi_page(
    browser_client: Client, shop: OfflineStripe
) -> None:
    put_in_basket(browser_client, make_product())

    answer = browser_client.post("/hi/checkout/", address_form(postcode="12345"))

    assert answer.status_code == 422
    assert "पिन कोड" in answer.content.decode()


def test_a_pin_in_devanagari_digits_is_understood(
    browser_client: Client, shop: OfflineStripe
) -> None:
    put_in_basket(browser_client, make_product())

    browser_client.post(reverse("checkout"), address_form(postcode="२२६००१"))

    order = Order.objects.get()
    assert order.shipping_address is not None
    assert order.shipping_address.postcode == "226001"


def test_an_order_cannot_be_opened_by_a_guessed_link(client: Client) -> None:
    assert client.get("/en/orders/ZK-AAAA-AAAA/").status_code == 404
    assert client.post("/en/orders/x/cancel/").status_code == 404


def test_when_stripe_is_down_the_order_waits_and_says_so(
    browser_client: Client, shop: OfflineStripe
) -> None:
    put_in_basket(browser_client, make_product())
    shop.fault("500", times=20)

    answer = browser_client.post(reverse("checkout"), address_form(), follow=True)

    assert "cannot be reached" in answer.content.decode()
    assert Order.objects.get().status == OrderState.PENDING_PAYMENT


def make_state_delhi() -> None:
    from tests.factories.catalogue import make_state

    make_state("07")
