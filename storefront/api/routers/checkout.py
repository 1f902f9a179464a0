"""Placing an order: once for each key, and then the payment page."""

import hashlib

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Status
from ninja.errors import ValidationError

from storefront.api.keys import Key
from storefront.api.queries import guest_basket, placed_order
from storefront.api.routers.orders import shown
from storefront.api.schemas.order import OrderIn, OrderOut
from storefront.api.words import OURS
from storefront.checkout.forms import AddressForm
from storefront.checkout.services import Ticket, place_once
from storefront.core.clock import now
from storefront.core.doors import came_from
from storefront.order.services import Buyer
from storefront.payment.rules import AttemptState
from storefront.payment.services import open_page

router = Router(tags=["Orders"])
UNPAID = {AttemptState.CREATED, AttemptState.OPEN}
# Where the fields of the shop's own form are in the body.
PLACES = {
    "name": ("contact", "name"),
    "email": ("contact", "email"),
    "phone": ("contact", "phone"),
    "line1": ("address", "line1"),
    "line2": ("address", "line2"),
    "town": ("address", "town"),
    "postcode": ("address", "pin"),
    "state": ("address", "state"),
}


@router.post("/orders", response={201: OrderOut})
def place(request: HttpRequest, payload: OrderIn, idempotency_key: Key) -> Status[OrderOut]:
    """Place an order; sent again with the same key and body, the same order comes back."""
    placed = place_once(
        guest_basket(payload.basket_token),
        ticket=Ticket(key=idempotency_key, digest=_digest(payload), way=payload.way),
        buyer=_buyer(payload, came_from(request)),
        expected_total=payload.expected_total.rupees,
        now=now(),
    )
    if placed.attempt is not None and placed.attempt.state in UNPAID:
        open_page(placed.attempt)
    return Status(201, shown(placed_order(placed.order.token)))


def _buyer(payload: OrderIn, address: str) -> Buyer:
    """
    Return the guest, checked by the very form that buyers fill in on the shop's own page.

    Raises:
        ValidationError: the form's words, each with its place in the body.
    """
    told = {field: getattr(getattr(payload, part), name) for field, (part, name) in PLACES.items()}
    form = AddressForm(told)
    if not form.is_valid():
        raise ValidationError(
            [
                {"type": OURS, "loc": ("body", *PLACES[field]), "msg": message}
                for field, messages in form.errors.items()
                for message in messages
            ]
        )
    return form.buyer(language=payload.language or (get_language() or "en")[:2], came_from=address)


def _digest(payload: OrderIn) -> str:
    return hashlib.sha256(payload.model_dump_json().encode()).hexdigest()
