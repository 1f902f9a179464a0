"""Orders in every state, made the way buyers and sellers make them; no money is asked for."""

from typing import Any
from uuid import UUID

from django.db import transaction

from storefront.catalogue.models import Product
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.fulfilment import services as fulfilment
from storefront.order.models import Order, SellerOrder
from storefront.order.services import cancel_unpaid, confirm, lock_order
from storefront.partner.models import Partner
from tests.factories.purchase import make_basket, make_buyer, make_post


def make_order(
    *products: Product,
    quantity: int = 1,
    is_paid: bool = True,
    story: UUID | None = None,
    **buyer: Any,
) -> Order:
    """Order so many of each product; facts of the buyer as in `make_buyer`."""
    make_post()
    basket = make_basket(*products, quantity=quantity, story=story)
    placed = place_order(basket, buyer=make_buyer(**buyer), expected_total=None, now=now())
    return confirm_order(placed.order) if is_paid else placed.order


def confirm_order(order: Order) -> Order:
    """Say that an order is paid."""
    with transaction.atomic():
        locked = lock_order(order.pk)
        confirm(locked, now=now(), reason="paid")
    return locked


def cancel_order(order: Order) -> Order:
    """Give up an order that nobody paid."""
    with transaction.atomic():
        locked = lock_order(order.pk)
        cancel_unpaid(locked, reason="not paid in time")
    return locked


def part_of(order: Order, seller: Partner | None = None) -> SellerOrder:
    """Return a seller's part of an order as it is in the database now; the only one by default."""
    parts = SellerOrder.objects.select_related("order", "seller").filter(order=order)
    return parts.get(seller=seller) if seller else parts.get()


def make_shipped(part: SellerOrder, *, tracking_number: str = "EU123456789IN") -> SellerOrder:
    """Let the seller pack a part and hand it to the post."""
    fulfilment.pack(part, by=None)
    fulfilment.ship(part, carrier="India Post", tracking_number=tracking_number, by=None, now=now())
    return SellerOrder.objects.get(pk=part.pk)
