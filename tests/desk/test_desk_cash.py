"""A seller and a parcel that is paid at the door: what to collect, collected, or come back."""

from decimal import Decimal

import pytest

from storefront.core.clock import now
from storefront.order.rules import SellerOrderState
from storefront.payment import services as payment
from storefront.payment.models import CashPart, MoneyMovement
from storefront.payment.rules import CashState
from tests.factories.cash import confirm_cash, make_terms, order_cash
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import make_shipped, part_of


def sent(seat, price="1000.40"):
    """Return a part of this seller that is on its way, to be paid at the door."""
    order = confirm_cash(order_cash(make_product(price=price, stock=5, seller=seat.seller)))
    return make_shipped(part_of(order))


def page_of(seat, part, language="en"):
    seat.client.cookies["django_language"] = language
    return seat.client.get(f"/seller/orders/{part.number}/").content.decode()


def press(seat, part, action):
    return seat.client.post(f"/seller/orders/{part.number}/", {"action": action}, follow=True)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The courier must collect ₹1,060 in cash."),
        ("hi", "कूरियर को ₹1,060 नक़द लेने हैं।"),
    ],
)
def test_the_seller_reads_what_the_courier_must_collect(seat, language, words):
    page = page_of(seat, sent(seat), language)

    assert words in page
    assert "-₹0.40" in page


def test_before_the_parcel_left_nothing_can_be_collected(seat):
    order = confirm_cash(order_cash(make_product(seller=seat.seller)))

    assert 'value="collected"' not in page_of(seat, part_of(order))
    told = press(seat, part_of(order), "collected").content.decode()

    assert "This parcel was not sent yet." in told
    assert CashPart.objects.get().state == CashState.TO_COLLECT


def test_a_press_writes_the_cash_down_once(seat):
    part = sent(seat)

    told = press(seat, part, "collected").content.decode()
    press(seat, part, "collected")

    assert "The cash is written down." in told
    assert CashPart.objects.get().collected_by == seat.user
    assert MoneyMovement.objects.filter(kind="cod_collected").count() == 1
    assert part_of(part.order).state == SellerOrderState.DELIVERED


def test_a_press_puts_the_pieces_of_a_refused_parcel_back(seat):
    part = sent(seat)
    product = part.lines.get().product

    told = press(seat, part, "came-back").content.decode()

    assert "The pieces are on your shelf again." in told
    assert stock_record(product).num_in_stock == 5
    assert "The buyer did not take the parcel." in page_of(seat, part)


@pytest.mark.parametrize("action", ["collected", "came-back"])
def test_another_sellers_parcel_is_not_there(seat, other_seat, action):
    part = sent(seat)

    assert press(other_seat, part, action).status_code == 404
    assert CashPart.objects.get().state == CashState.TO_COLLECT


def test_an_order_paid_online_instead_says_that_nothing_is_to_be_collected(seat, stripe_double):
    order = confirm_cash(order_cash(make_product(price="1000.00", seller=seat.seller)))
    attempt = payment.page_to_pay(order, now=now())
    stripe_double.pay(attempt.provider_session or "")
    payment.sync(attempt)

    page = page_of(seat, part_of(order))

    assert "The courier must collect nothing." in page
    assert "Cash at the door</dt>" not in page


def test_the_fee_is_part_of_the_sellers_delivery(seat):
    make_terms(cash_fee=Decimal(40))

    page = page_of(seat, sent(seat, price="1000.00"))

    assert "<dd>₹100</dd>" in page
