"""Placing orders with offers, for the tests here."""

from decimal import Decimal

from storefront.checkout.services import place_order
from storefront.core.clock import now
from tests.factories.purchase import make_basket, make_buyer


def place(*products, vouchers=(), expected=None, quantity=1, **buyer):
    basket = make_basket(*products, quantity=quantity)
    basket.vouchers.add(*vouchers)
    basket.owner = buyer.get("user")
    basket.save()
    return order(basket, expected=expected, **buyer)


def order(basket, *, expected=None, **buyer):
    return place_order(
        basket,
        buyer=make_buyer(**buyer),
        expected_total=Decimal(expected) if expected else None,
        now=now(),
    ).order


def counters(row):
    row.refresh_from_db()
    return row.num_orders, str(row.total_discount)
