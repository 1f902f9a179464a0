"""The purchase: place the order in one transaction, then open the payment page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from storefront.basket.models import Basket, Line
from storefront.basket.queries import BasketView, basket_view
from storefront.basket.services import BasketIsClosed, close, lines_to_order
from storefront.checkout.models import OrderRequest
from storefront.checkout.queries import Summary, priced, purchase_in, summary
from storefront.core.clock import INDIA
from storefront.core.money import ZERO
from storefront.core.refusals import KeyReused, Refusal
from storefront.discounts.services import UsedUp
from storefront.gst.rules import PriceInGap
from storefront.order.models import Order
from storefront.order.services import Buyer, OrderDraft, PartDraft, confirm, write_order
from storefront.payment.gateways.base import Gateway, Way
from storefront.payment.gateways.registry import chosen
from storefront.payment.models import PaymentAttempt
from storefront.payment.rules import WayKind
from storefront.payment.services import promise, start_attempt
from storefront.shipping.rules import dispatch_by
from storefront.stock import services as stock


class BasketHasProblems(Refusal):
    """Something in the basket cannot be bought as it is; `view` says what."""

    code = "basket-has-problems"

    def __init__(self, view: BasketView) -> None:
        super().__init__(gettext("Something in your basket changed. Please look at it again."))
        self.view = view


class BasketIsEmpty(Refusal):
    """There is nothing to order."""

    code = "basket-empty"


class CannotDeliver(Refusal):
    """A seller may not sell to the buyer's state; `summary` says who."""

    code = "cannot-deliver"

    def __init__(self, offer: Summary) -> None:
        names = ", ".join(each.group.name for each in offer.undeliverable)
        super().__init__(
            gettext("%(sellers)s may only sell inside Uttar Pradesh. Please remove their pieces.")
            % {"sellers": names}
        )
        self.summary = offer


class TotalChanged(Refusal):
    """The price is not the one the buyer saw."""

    code = "total-changed"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A caller's own key for a wish to order, a digest of all that it says, and the way to pay."""

    key: str
    digest: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A placed order, and the attempt with which it will be paid; none if it costs nothing."""

    order: Order
    attempt: PaymentAttempt | None


def place_order(
    basket: Basket, *, buyer: Buyer, expected_total: Decimal | None, now: datetime, way: str = ""
) -> Placed:
    """
    Write the order of a basket and take its stock, once: a second call returns the first order.

    `expected_total` is what the buyer saw, in rupees, for the `way` to pay (a name from the
    registry; empty for the first that is offered). A payment page is opened afterwards, outside
    of this transaction, by `payment.services.open_page`. What costs nothing is confirmed.

    Raises:
        BasketIsEmpty, BasketHasProblems, CannotDeliver, TotalChanged: nothing was written.
        WayRefused, TooManyStarts: likewise.
        BasketIsClosed: the basket was ordered and that order came to an end.
    """
    try:
        with transaction.atomic(durable=True):
            if not close(basket, now=now):
                return _already_placed(basket.pk)
            return _place(basket, buyer, expected_total, now, way)
    except stock.SoldOut as error:
        raise BasketHasProblems(basket_view(basket)) from error
    except UsedUp as error:
        raise TotalChanged(str(error)) from error


def place_once(
    basket: Basket, *, ticket: Ticket, buyer: Buyer, expected_total: Decimal | None, now: datetime
) -> Placed:
    """
    Place the order of a caller's wish; the same wish again gets the same order, however it stands.

    The key is written first, so that of two wishes at once under one key one is refused.
    After a refusal the key is free again: nothing was written, and the wish may be corrected.

    Raises:
        KeyReused: the key belongs to another wish.
        Whatever `place_order` raises.
    """
    kept, _ = OrderRequest.objects.get_or_create(
        key=ticket.key, defaults={"digest": ticket.digest, "basket": basket}
    )
    if kept.digest != ticket.digest:
        raise KeyReused(gettext("This key was used for another order. Please make a new one."))
    if kept.order:
        return Placed(kept.order, kept.order.attempts.order_by("-sequence").first())
    try:
        placed = place_order(
            basket, buyer=buyer, expected_total=expected_total, now=now, way=ticket.way
        )
    except Refusal:
        OrderRequest.objects.filter(pk=kept.pk, order=None).delete()
        raise
    OrderRequest.objects.filter(pk=kept.pk).update(order=placed.order)
    return placed


def _already_placed(basket_id: int) -> Placed:
    basket = Basket.objects.get(pk=basket_id)
    order = Order.objects.filter(basket=basket, basket_version=basket.version).first()
    if order is None:
        raise BasketIsClosed(gettext("This basket was ordered already."))
    return Placed(order, order.attempts.order_by("-sequence").first())


def _place(
    basket: Basket, buyer: Buyer, expected: Decimal | None, now: datetime, name: str
) -> Placed:
    rows = lines_to_order(basket, now=now)
    view = basket_view(basket, now=now, email=buyer.email, lines=rows)
    if not view.lines:
        raise BasketIsEmpty(gettext("Your basket is empty."))
    if view.problems:
        raise BasketHasProblems(view)
    today = now.astimezone(INDIA).date()
    offer = summary(view, buyer_state=buyer.where.state.pk, today=today)
    if offer.undeliverable:
        raise CannotDeliver(offer)
    way, offer = _in_way(offer, name, buyer, now)
    if expected is not None and expected != offer.total:
        raise TotalChanged(
            gettext("The total is now %(total)s. Please check it and order again.")
            % {"total": offer.total_text}
        )
    parts = _parts(rows, offer, today)
    until = now + timedelta(minutes=settings.PAYMENT_WINDOW_MINUTES)
    try:
        order = write_order(OrderDraft(basket, buyer, parts, now, until, offer.discounts))
    except PriceInGap as error:
        raise BasketHasProblems(view) from error
    attempt = _start(order, way, buyer, now, pieces=view.count)
    basket.status = Basket.FROZEN  # as it is in the database since the beginning
    return Placed(order, attempt)


def _in_way(offer: Summary, name: str, buyer: Buyer, now: datetime) -> tuple[Way, Summary]:
    """Return the way that was chosen, if it is offered, and the price when paid so."""
    today = now.astimezone(INDIA).date()
    pin, phone = buyer.where.pin, buyer.where.phone
    asked = purchase_in(offer, today=today, pin=pin, email=buyer.email, phone=phone)
    way = chosen(name, asked)
    return way, priced(offer, way, terms=asked.terms)


def _parts(rows: Sequence[Line], offer: Summary, today: date) -> list[PartDraft]:
    lines = {line.pk: line for line in rows}
    off = offer.prepaid.parts if offer.prepaid else {}
    return [
        PartDraft(
            seller=each.group.seller,
            lines=[lines[line.id] for line in each.group.lines],
            paid={line.id: line.line_price - off.get(line.id, ZERO) for line in each.group.lines},
            shipping_charge=each.charge,
            dispatch_by=dispatch_by(today, lead_days=each.group.lead_days),
        )
        for each in offer.deliveries
        if each.quote
    ]


def _start(
    order: Order, way: Way, buyer: Buyer, now: datetime, *, pieces: int
) -> PaymentAttempt | None:
    """Start paying the chosen way; what costs nothing is paid by that."""
    if not order.total_incl_tax:
        confirm(order, now=now, reason="nothing to pay")
        return None
    if way.kind == WayKind.DOOR:
        return promise(order, now=now, came_from=buyer.came_from)
    gateway = cast(Gateway, way)
    return start_attempt(
        order, now=now, gateway=gateway, came_from=buyer.came_from, new_with=pieces
    )
