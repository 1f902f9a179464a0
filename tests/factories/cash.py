"""Orders that are paid at the door, made the way buyers make them."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import mail

from storefront.catalogue.models import Product
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.order.models import Order
from storefront.payment import services as payment
from storefront.payment.models import CashPart, PaymentTerms
from storefront.payment.queries import CASH
from tests.factories.orders import make_shipped, part_of
from tests.factories.purchase import make_basket, make_buyer, make_post

LONG_AGO = date(2020, 1, 1)


def make_terms(**facts: Any) -> PaymentTerms:
    """Write terms of payment: up to ₹5,000 at the door, one refused parcel forgiven, no extras."""
    known: dict[str, Any] = {"valid_from": LONG_AGO, "cash_most": Decimal(5000)}
    return PaymentTerms.objects.create(**(known | facts))


def order_cash(*products: Product, quantity: int = 1, **buyer: Any) -> Order:
    """Place an order that is to be paid at the door; its code is in a letter."""
    make_post()
    if not PaymentTerms.objects.exists():
        make_terms()
    basket = make_basket(*products, quantity=quantity)
    buys = make_buyer(**buyer)
    return place_order(basket, buyer=buys, expected_total=None, now=now(), way=CASH).order


def code_sent() -> str:
    """Return the code in the last letter that has one."""
    for letter in reversed(mail.outbox):
        found = re.search(r"\b(\d{6})\b", letter.subject)
        if found:
            return found[1]
    raise AssertionError("no letter has a code")


def confirm_cash(order: Order, *, at: datetime | None = None) -> Order:
    """Type the code of the last letter."""
    payment.confirm_promise(order, code=code_sent(), now=at or now())
    return Order.objects.get(pk=order.pk)


def on_the_road(order: Order, *, number: str = "EU123456789IN") -> CashPart:
    """Confirm an order of one part and send its parcel; return the cash to collect."""
    confirm_cash(order)
    return CashPart.objects.get(seller_order=make_shipped(part_of(order), tracking_number=number))
