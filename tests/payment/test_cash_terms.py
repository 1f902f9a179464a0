"""Who may pay at the door: by the terms of the day, PIN, making time and refused parcels."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from storefront.basket.session import COOKIE
from storefront.checkout.services import place_order
from storefront.core.clock import now, today
from storefront.fulfilment import services as fulfilment
from storefront.order.models import Order
from storefront.payment.gateways.registry import WayRefused
from storefront.payment.models import CashPart, NoCashPin
from storefront.payment.queries import CASH
from tests.factories.cash import code_sent, confirm_cash, make_terms, on_the_road, order_cash
from tests.factories.catalogue import make_product
from tests.factories.purchase import address_form, make_basket, make_buyer, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _post() -> None:
    make_post()


def refuse_a_parcel(number: int, **buyer: Any) -> None:
    cash = on_the_road(order_cash(make_product(), **buyer), number=f"EU{number}IN")
    fulfilment.take_back(cash.seller_order, by=None, now=now())


def no_terms() -> Any:
    return make_product()


def no_cash_in_the_terms() -> Any:
    make_terms(cash_most=None)
    return make_product()


def terms_of_tomorrow() -> Any:
    make_terms(valid_from=today() + timedelta(days=1))
    return make_product()


def too_much() -> Any:
    make_terms(cash_most=Decimal("1509.99"))
    return make_product()


def too_much_with_the_fee() -> Any:
    make_terms(cash_most=Decimal(1510), cash_fee=Decimal(1))
    return make_product()


def made_to_order() -> Any:
    make_terms()
    return make_product(lead_days=10)


def a_listed_pin() -> Any:
    make_terms()
    NoCashPin.objects.create(pin="226001")
    return make_product()


def a_refused_parcel_by_mail() -> Any:
    make_terms(strikes_allowed=0)
    refuse_a_parcel(1, email="ASHA@example.org", phone="+919876500000")
    return make_product()


def two_refused_parcels_by_phone() -> Any:
    make_terms()
    refuse_a_parcel(1, email="one@example.org")
    refuse_a_parcel(2, email="two@example.org")
    return make_product()


REFUSED = {
    no_terms: ("not-offered", "is not offered now"),
    no_cash_in_the_terms: ("not-offered", "is not offered now"),
    terms_of_tomorrow: ("not-offered", "is not offered now"),
    too_much: ("too-much", "Only orders up to ₹1,509.99 can be paid at the door."),
    too_much_with_the_fee: ("too-much", "Only orders up to ₹1,510"),
    made_to_order: ("made-to-order", "is made for you"),
    a_listed_pin: ("pin", "No courier takes cash at PIN 226001."),
    a_refused_parcel_by_mail: ("refused-before", "were refused before"),
    two_refused_parcels_by_phone: ("refused-before", "were refused before"),
}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.__name__)
def test_cash_is_refused_with_a_reason_before_anything_is_written(case: Any) -> None:
    product = case()
    orders = Order.objects.count()

    with pytest.raises(WayRefused) as refused:
        place_order(
            make_basket(product), buyer=make_buyer(), expected_total=None, now=now(), way=CASH
        )

    code, words = REFUSED[case]
    assert refused.value.reason == code
    assert words in str(refused.value)
    assert Order.objects.count() == orders


def test_one_refused_parcel_is_forgiven() -> None:
    make_terms()
    refuse_a_parcel(1)

    assert order_cash(make_product()).attempts.get().provider == CASH


def test_the_highest_order_may_be_paid_at_the_door() -> None:
    make_terms(cash_most=Decimal(1510))

    assert order_cash(make_product()).total_incl_tax == Decimal("1510.00")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No courier takes cash at PIN 226001."),
        ("hi", "पिन 226001 पर कोई कूरियर नक़दी नहीं लेता।"),
    ],
)
def test_the_checkout_says_why_not_in_both_languages_and_keeps_what_was_typed(
    client: Client, language: str, words: str
) -> None:
    make_terms()
    NoCashPin.objects.create(pin="226001")
    client.cookies[COOKIE] = make_basket(make_product()).token

    answer = client.post(f"/{language}/checkout/", address_form(way=CASH))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert words in page
    assert 'value="12 Hazratganj"' in page
    assert not Order.objects.exists()


def test_the_checkout_shows_each_way_with_its_price_or_why_not(client: Client) -> None:
    make_terms(cash_fee=Decimal(40), prepaid_percent=Decimal(5))
    client.cookies[COOKIE] = make_basket(make_product(price="1000.00")).token

    page = client.get("/en/checkout/").content.decode()

    assert "₹50 less, because you pay online." in page
    assert "₹40 for paying at the door." in page
    assert '<b class="way__total">₹1,010</b>' in page
    assert '<b class="way__total">₹1,100</b>' in page
    assert 'value="stripe" checked' in page


def test_a_dear_basket_shows_why_cash_cannot_be_chosen(client: Client) -> None:
    make_terms(cash_most=Decimal(500))
    client.cookies[COOKIE] = make_basket(make_product()).token

    page = client.get("/en/checkout/").content.decode()

    assert "Only orders up to ₹500 can be paid at the door." in page
    assert 'value="cash" disabled' in page


def test_a_guest_orders_in_cash_types_the_code_and_reads_what_the_courier_gets(
    client: Client,
) -> None:
    make_terms()
    client.cookies[COOKIE] = make_basket(make_product(price="1000.40")).token
    seen = {"way": CASH, "total-cash": "1060.40", "total-stripe": "1060.40"}

    placed = client.post("/en/checkout/", address_form(**seen), follow=True)
    order = Order.objects.get()
    wrong = client.post(reverse("order-code", args=[order.token]), {"code": "none"})
    right = client.post(reverse("order-code", args=[order.token]), {"code": code_sent()})
    page = client.get(f"/en/orders/{order.token}/").content.decode()

    assert "Please confirm your order" in placed.content.decode()
    assert "asha@example.org" in placed.content.decode()
    assert wrong.status_code == 422
    assert "You have 4 more tries." in wrong.content.decode()
    assert right.status_code == 302
    assert "Please give the courier ₹1,060 in cash." in page
    assert "-₹0.40" in page
    assert "Pay online instead" in page


def test_a_price_that_changed_under_the_chosen_way_is_shown_before_it_is_ordered(
    client: Client,
) -> None:
    make_terms(cash_fee=Decimal(40))
    client.cookies[COOKIE] = make_basket(make_product(price="1000.00")).token

    answer = client.post("/en/checkout/", address_form(way=CASH, **{"total-cash": "1060.00"}))

    assert answer.status_code == 409
    assert "The total is now ₹1,100." in answer.content.decode()
    assert not CashPart.objects.exists()


def test_every_form_of_the_orders_page_carries_its_token(client: Client) -> None:
    careful = Client(enforce_csrf_checks=True)
    order = order_cash(make_product())
    page = careful.get(f"/en/orders/{order.token}/").content.decode()
    tokens = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    address = reverse("order-code", args=[order.token])

    bare = careful.post(address, {"code": code_sent()})
    whole = careful.post(address, {"code": code_sent(), "csrfmiddlewaretoken": tokens[0]})

    assert (bare.status_code, whole.status_code) == (403, 302)
    assert Order.objects.get().status == "confirmed"


def test_asking_for_a_new_code_too_soon_is_said_with_429(client: Client) -> None:
    order = order_cash(make_product())

    answer = client.post(reverse("order-new-code", args=[order.token]))

    assert answer.status_code == 429
    assert "You can ask for another in a minute." in answer.content.decode()


def test_a_buyer_who_pays_the_courier_cancels_and_reads_that_nothing_was_paid(
    client: Client,
) -> None:
    order = confirm_cash(order_cash(make_product(price="1000.00")))
    address = f"/en/orders/{order.token}/cancel/"
    line = order.lines.get()

    chosen = {f"line-{line.pk}": "1", "why": "changed-mind", "key": "k"}
    page = client.get(address, chosen).content.decode()
    client.post(address, chosen | {"expected": "0.00"})

    assert "You have paid nothing yet" in page
    assert Order.objects.get().status == "cancelled"
    assert CashPart.objects.get().state == "dropped"
    assert "No money has to go back." in mail.outbox[-1].body
