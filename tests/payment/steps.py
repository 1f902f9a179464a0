"""An order on its way to being paid, step by step."""

from datetime import datetime, timedelta

from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.payment import services as payment
from storefront.payment.models import PaymentAttempt
from tests.factories.catalogue import make_product
from tests.factories.purchase import make_basket, make_buyer


def place(*, is_open: bool = True) -> Placed:
    """Place an order; `is_open` opens its payment page."""
    basket = make_basket(make_product(price="1000.00", stock=5))
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    assert placed.attempt is not None
    if is_open:
        payment.open_page(placed.attempt)
    return placed


def attempt_of(placed: Placed) -> PaymentAttempt:
    return PaymentAttempt.objects.filter(order=placed.order).order_by("sequence")[0]


def status_of(placed: Placed) -> str:
    return Order.objects.get(pk=placed.order.pk).status


def in_an_hour() -> datetime:
    return now() + timedelta(hours=1)
