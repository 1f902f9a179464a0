"""What a buyer can send that makes no sense: page and API say so in the reader's language."""

import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.catalogue import services as catalogue
from storefront.catalogue.models import Product
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.payment import services as payment
from storefront.payment.models import MoneyMovement, PaymentAttempt, ProviderEvent
from tests.factories.catalogue import make_product
from tests.factories.orders import cancel_order
from tests.factories.purchase import address_form, make_basket, make_buyer, make_post
from tests.journeys.reader import Reader, refused
from tests.payment.steps import in_an_hour

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("language", ["en", "hi"])]

UNKNOWN_PIN = "We know no post office with this PIN code. Please check it."
ELSEWHERE = "PIN %(pin)s lies in %(names)s, not in %(state)s. Please correct one of them."


@pytest.fixture
def reader(language: str, stripe_double: OfflineStripe) -> Reader:
    make_post()
    return Reader(language)


def order_body(basket: Basket, total: str = "1060.00", **address: str) -> dict[str, Any]:
    return {
        "basket_token": basket.token,
        "contact": {"name": "Asha Verma", "email": "asha@example.org", "phone": "98765 43210"},
        "address": {"line1": "12 Hazratganj", "town": "Lucknow", "pin": "226001", "state": "09"}
        | address,
        "expected_total": {"amount": total, "currency": "INR"},
    }


def orders(reader: Reader, body: dict[str, Any]) -> Any:
    return reader.calls("orders", body, **{"idempotency-key": "key-1"})


def nothing_happened(basket: Basket, product: Product, *, pieces: int = 1) -> None:
    """Check that there is no order, and that the basket holds what it held."""
    assert not Order.objects.exists()
    fresh = Basket.objects.get(pk=basket.pk)
    assert fresh.status == Basket.OPEN
    assert [(line.product, line.quantity) for line in fresh.lines.all()] == [(product, pieces)]


@pytest.mark.parametrize(
    ("pin", "state", "sentence", "facts"),
    [
        ("999999", "09", UNKNOWN_PIN, {}),
        ("12", "09", "A PIN code has six digits and does not start with 0.", {}),
        ("226001", "07", ELSEWHERE, {"pin": "226001"}),
    ],
    ids=["unknown PIN", "no PIN", "PIN of another state"],
)
def test_a_pin_that_is_none_or_lies_elsewhere_is_asked_for_again(
    reader: Reader, pin: str, state: str, sentence: str, facts: dict[str, str]
) -> None:
    lota = make_product(price="1000.00", stock=5)
    basket = make_basket(lota)
    reader.holds(basket.token)
    if facts:
        hindi = reader.language == "hi"
        facts |= {"names": "उत्तर प्रदेश" if hindi else "Uttar Pradesh"}
        facts |= {"state": "दिल्ली" if hindi else "Delhi"}

    page = reader.posts("checkout/", **address_form(postcode=pin, state=state))
    problem = orders(reader, order_body(basket, pin=pin, state=state))

    reader.says(page, 422, sentence, **facts)
    reader.says(problem, 422, sentence, **facts)
    nothing_happened(basket, lota)


def test_more_pieces_than_there_are_do_not_go_into_a_basket(reader: Reader) -> None:
    lota = make_product(stock=3)
    basket = make_basket(lota)
    reader.holds(basket.token)

    added = reader.posts("basket/add/", product_id=lota.pk, quantity=3)
    changed = reader.posts(f"basket/lines/{basket.lines.get().pk}/", quantity=4)
    called = reader.calls(f"baskets/{basket.token}/lines", {"product_id": lota.pk, "quantity": 3})

    for answer in (added, changed, called):
        reader.says(answer, 409, "Only %(free)s left.", free=3)
    nothing_happened(basket, lota)


@pytest.mark.parametrize("quantity", ["-1", "1.5", "9" * 30, "many", "٣٫٥"])
def test_a_quantity_that_is_none_changes_nothing(reader: Reader, quantity: str) -> None:
    lota = make_product(stock=3)
    basket = make_basket(lota)
    reader.holds(basket.token)

    added = reader.posts("basket/add/", product_id=lota.pk, quantity=quantity)
    changed = reader.posts(f"basket/lines/{basket.lines.get().pk}/", quantity=quantity)
    called = reader.calls(
        f"baskets/{basket.token}/lines", {"product_id": lota.pk, "quantity": quantity}
    )

    assert [each.status_code for each in (added, changed, called)] == [422, 422, 422]
    assert (refused("pages"), refused("api")) == ({"invalid": 2}, {"invalid": 1})
    reader.says(called, 422, "Please check what you sent")
    nothing_happened(basket, lota)


def test_more_than_anybody_may_order_is_refused_before_the_stock_is_asked(reader: Reader) -> None:
    lota = make_product(stock=500)
    basket = make_basket(lota)
    reader.holds(basket.token)
    most = "At most %(limit_value)s of one thing fit into a basket."

    added = reader.posts("basket/add/", product_id=lota.pk, quantity=51)
    changed = reader.posts(f"basket/lines/{basket.lines.get().pk}/", quantity=51)

    reader.says(added, 422, most, limit_value=50)
    reader.says(changed, 422, most, limit_value=50)
    nothing_happened(basket, lota)


def test_a_sold_piece_cannot_be_bought_and_its_page_stays(reader: Reader) -> None:
    lota = make_product(stock=1, is_one_of_a_kind=True)
    place_order(make_basket(lota), buyer=make_buyer(), expected_total=None, now=now())

    added = reader.posts("basket/add/", product_id=lota.pk, quantity=1)
    token = baskets.ensure_basket(user=None, token="").token
    called = reader.calls(f"baskets/{token}/lines", {"product_id": lota.pk, "quantity": 1})

    reader.says(added, 409, "This is sold out.")
    reader.says(called, 409, "This is sold out.")
    with translation.override(reader.language):
        reader.says(reader.browser.get(lota.get_absolute_url()), 200, "Sold")


def test_a_piece_sold_to_somebody_else_is_told_of_before_any_money(reader: Reader) -> None:
    lota = make_product(price="1000.00", stock=1)
    basket = make_basket(lota)
    reader.holds(basket.token)
    place_order(make_basket(lota), buyer=make_buyer(), expected_total=None, now=now())
    gone = "Somebody else bought the last one. Please remove it."

    reader.says(reader.opens("basket/"), 200, gone)
    reader.says(reader.posts("checkout/", **address_form()), 409, gone)
    reader.says(orders(reader, order_body(basket)), 409, gone)
    assert Order.objects.count() == PaymentAttempt.objects.count() == 1
    assert basket.lines.get().quantity == 1


def test_a_withdrawn_product_is_told_of_before_any_money(reader: Reader) -> None:
    lota = make_product(price="1000.00", stock=5)
    basket = make_basket(lota)
    reader.holds(basket.token)
    catalogue.withdraw(lota)
    gone = "This is no longer sold. Please remove it."

    reader.says(reader.opens("basket/"), 200, gone)
    reader.says(reader.posts("checkout/", **address_form()), 409, gone)
    reader.says(orders(reader, order_body(basket)), 409, gone)
    nothing_happened(basket, lota)
    with translation.override(reader.language):
        reader.says(reader.browser.get(lota.get_absolute_url()), 410, "This is no longer sold")


@pytest.mark.parametrize("total", ["1.00", "1059.99", "99999.00"])
def test_a_total_that_is_not_todays_buys_nothing(reader: Reader, total: str) -> None:
    lota = make_product(price="1000.00", stock=5)
    basket = make_basket(lota)
    reader.holds(basket.token)
    changed = "The total is now %(total)s. Please check it and order again."

    page = reader.posts("checkout/", **address_form(expected_total=total))
    problem = orders(reader, order_body(basket, total))

    reader.says(page, 409, changed, total="₹1,060")
    reader.says(problem, 409, changed, total="₹1,060")
    nothing_happened(basket, lota)
    assert refused("pages") == refused("api") == {"total-changed": 1}


def test_a_basket_token_made_up_opens_nobodys_basket(reader: Reader) -> None:
    lota = make_product(price="1000.00", stock=5)
    theirs = make_basket(lota)
    guess = theirs.token[:-1] + ("a" if theirs.token[-1] != "a" else "b")
    reader.holds(guess)

    reader.says(reader.opens("basket/"), 200, "Your basket is empty")
    body = order_body(theirs) | {"basket_token": guess}
    reader.says(orders(reader, body), 404, "No guest's basket has this token.")
    nothing_happened(theirs, lota)


@pytest.mark.parametrize("ended", ["expired", "cancelled", "paid"])
def test_a_payment_link_that_is_over_takes_no_money(
    reader: Reader, stripe_double: OfflineStripe, ended: str
) -> None:
    order = place_order(
        make_basket(make_product(stock=5)), buyer=make_buyer(), expected_total=None, now=now()
    ).order
    attempt = order.attempts.get()
    payment.open_page(attempt)
    if ended == "expired":
        payment.sweep(now=in_an_hour())
    elif ended == "cancelled":
        cancel_order(order)
    else:
        stripe_double.pay(attempt.provider_session or "")
        payment.sync(attempt)
    letters = len(mail.outbox)
    over = "This order does not wait for payment."

    reader.says(reader.posts(f"orders/{order.token}/pay/"), 409, over)
    reader.says(reader.calls(f"orders/{order.token}/pay", {}), 409, over)

    assert PaymentAttempt.objects.count() == 1
    assert MoneyMovement.objects.filter(kind="capture").count() == (ended == "paid")
    assert len(mail.outbox) == letters


def test_a_strangers_link_to_an_order_shows_nothing(reader: Reader) -> None:
    for path in ("orders/made-up/", "orders/made-up/paid/", "orders/made-up/pay/"):
        answer = reader.posts(path) if path.endswith("pay/") else reader.opens(path)
        reader.says(answer, 404, "This page is not here")
    reader.says(reader.calls("orders/made-up/pay", {}), 404, "No order has this token.")
    assert (refused("pages"), refused("api")) == ({"no-such-order": 3}, {"no-such-order": 1})


def test_a_forged_message_of_the_provider_pays_nothing_and_learns_nothing(reader: Reader) -> None:
    order = place_order(
        make_basket(make_product(stock=5)), buyer=make_buyer(), expected_total=None, now=now()
    ).order
    forged = {"id": "evt_1", "type": "checkout.session.completed", "data": {"object": {}}}

    answer = reader.browser.post(
        "/webhooks/stripe/",
        json.dumps(forged),
        content_type="application/json",
        headers={"stripe-signature": "t=1,v1=00", "accept-language": reader.language},
    )

    # A forger is told nothing that helps; staff see the count beside the provider's other messages.
    assert (answer.status_code, answer.content) == (400, b"")
    assert not ProviderEvent.objects.exists()
    order.refresh_from_db()
    assert order.status == "pending-payment"


def test_a_language_the_shop_does_not_speak_is_refused_in_one_it_does(reader: Reader) -> None:
    speaking = Client(headers={"accept-language": reader.language})

    reader.says(speaking.get("/fr/", follow=True), 404, "This page is not here")
    reader.says(speaking.get("/fr/basket/", follow=True), 404, "This page is not here")
    reader.says(speaking.get("/api/v1/products?lang=fr"), 422, "The shop speaks en and hi.")


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("basket/add/", "basket/"),
        ("basket/lines/1/", "basket/"),
        ("basket/vouchers/", "basket/"),
        ("orders/{token}/pay/", "orders/{token}/"),
        ("orders/{token}/cancel/", "orders/{token}/"),
    ],
)
def test_the_address_of_a_refused_form_can_be_opened_in_the_other_language(
    reader: Reader, path: str, page: str
) -> None:
    order = place_order(
        make_basket(make_product(stock=5)), buyer=make_buyer(), expected_total=None, now=now()
    ).order

    answer = reader.opens(path.format(token=order.token))

    assert answer.status_code == 302
    assert answer["Location"] == f"/{reader.language}/{page.format(token=order.token)}"
