"""Packing and sending: each step once, with the order locked, and the buyer told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.refusals import Refusal
from storefront.fulfilment.models import Parcel
from storefront.fulfilment.rules import (
    LONGEST,
    clean_carrier,
    clean_tracking_number,
    is_tracking_number,
)
from storefront.fulfilment.services.letters import tell_arrived, tell_packed, tell_sent
from storefront.order.models import Line, Order, SellerOrder
from storefront.order.rules import OrderState, SellerOrderState
from storefront.order.services import lock_order, move_part
from storefront.payment.queries import is_cash_awaited, is_on_hold
from storefront.payment.services.earnings import book_earned
from storefront.stock import services as stock


class NotNow(Refusal):
    """The part is not where this can be done: not paid, cancelled, sent already."""

    code = "part-not-ready"


class ParcelRefused(Refusal):
    """The carrier or the tracking number cannot be right."""

    code = "parcel-refused"


@transaction.atomic(durable=True)
def pack(part: SellerOrder, *, by: User | None, pieces: int | None = None) -> SellerOrder:
    """
    Say that a part is packed, and tell the buyer; asked twice, nothing more happens.

    `pieces` is how many the seller saw on the page, and so put into the parcel.

    Raises:
        NotNow: it is not paid, was cancelled, in part meanwhile, or has left.
    """
    lock_order(part.order_id)
    left = part.lines.aggregate(n=Sum(F("quantity") - F("cancelled_quantity")))["n"]
    if pieces not in (None, left):
        raise NotNow(gettext("Pieces were cancelled meanwhile. Please look at what is left."))
    return _step(part, SellerOrderState.PACKED, by=by)


@transaction.atomic(durable=True)
def ship(
    part: SellerOrder, *, carrier: str, tracking_number: str, by: User | None, now: datetime
) -> Parcel:
    """
    Hand a packed part to a carrier: its pieces leave the stock and the buyer gets a letter.

    Asked twice with the same number, the first parcel comes back and nothing more happens.

    Raises:
        ParcelRefused: carrier or number is missing or too long, or the number was used before.
        NotNow: it is not packed, was cancelled, or left with another number.
    """
    wanted = _checked(carrier, tracking_number)
    order, fresh = locked(part)
    sent = fresh.parcels.order_by("pk").first()
    if sent is not None:
        return _same(sent, wanted)
    _check_step(order, fresh, SellerOrderState.SHIPPED)
    parcel = _write_parcel(fresh, *wanted, now=now)
    sent_part = move_part(fresh, new=SellerOrderState.SHIPPED, by=by, reason=str(parcel))
    stock.ship(pieces_in(fresh), reference=fresh.number)
    tell_sent(sent_part, parcel)
    return parcel


@transaction.atomic(durable=True)
def deliver(part: SellerOrder, *, by: User | None, now: datetime) -> SellerOrder:
    """
    Say that a parcel arrived, at the moment `now`; asked twice, nothing more happens.

    One that is paid at the door arrives by `collect`.

    Raises:
        NotNow: it was not sent, or not yet at that moment, or its cash is to be collected.
    """
    if is_cash_awaited(part):
        raise NotNow(gettext("Please say whether the courier took the cash."))
    delivered = _step(part, SellerOrderState.DELIVERED, by=by, at=now)
    book_earned(delivered)
    return delivered


@transaction.atomic(durable=True)
def close(part: SellerOrder, *, now: datetime) -> SellerOrder:
    """
    Say that nothing is left to do for a delivered part; asked twice, nothing more happens.

    Raises:
        NotNow: it is not delivered.
    """
    return _step(part, SellerOrderState.CLOSED, by=None, at=now)


_LETTERS = {
    SellerOrderState.PACKED: tell_packed,
    SellerOrderState.DELIVERED: tell_arrived,
}
_BEFORE = {
    SellerOrderState.PACKED: SellerOrderState.ACCEPTED,
    SellerOrderState.SHIPPED: SellerOrderState.PACKED,
    SellerOrderState.DELIVERED: SellerOrderState.SHIPPED,
    SellerOrderState.CLOSED: SellerOrderState.DELIVERED,
}


def _step(
    part: SellerOrder, new: SellerOrderState, *, by: User | None, at: datetime | None = None
) -> SellerOrder:
    order, fresh = locked(part)
    if fresh.state == new:
        return fresh
    _check_step(order, fresh, new)
    check_left(fresh, at=at)
    moved = move_part(fresh, new=new, by=by)
    if new in _LETTERS:
        _LETTERS[new](moved)
    return moved


def check_left(part: SellerOrder, *, at: datetime | None) -> None:
    """
    Refuse a moment before the parcel left.

    Raises:
        NotNow: it had not left then.
    """
    if at is not None and part.parcels.filter(shipped_at__gt=at).exists():
        raise NotNow(gettext("At that moment the parcel had not left yet."))


def locked(part: SellerOrder) -> tuple[Order, SellerOrder]:
    """Lock the order, so that everything read from here on stays true."""
    order = lock_order(part.order_id)
    return order, SellerOrder.objects.select_related("seller").get(pk=part.pk)


def _check_step(order: Order, part: SellerOrder, new: SellerOrderState) -> None:
    if order.status == OrderState.PENDING_PAYMENT or part.state == SellerOrderState.WAITING:
        raise NotNow(gettext("This order is not paid yet."))
    if order.status == OrderState.CANCELLED or part.state == SellerOrderState.CANCELLED:
        raise NotNow(gettext("This order was cancelled. Please do not send it."))
    if new in {SellerOrderState.PACKED, SellerOrderState.SHIPPED} and is_on_hold(order):
        raise NotNow(gettext("The payment is being questioned. Please do not send anything yet."))
    if part.state != _BEFORE[new]:
        raise NotNow(_why_not(SellerOrderState(part.state), new))


def _why_not(state: SellerOrderState, new: SellerOrderState) -> str:
    """Return what stands in the way of a step of a paid part."""
    if new == SellerOrderState.SHIPPED and state == SellerOrderState.ACCEPTED:
        return gettext("Please mark the order as packed first.")
    if new in {SellerOrderState.PACKED, SellerOrderState.SHIPPED}:
        return gettext("This parcel has left already.")
    if state in {SellerOrderState.ACCEPTED, SellerOrderState.PACKED}:
        return gettext("This parcel has not left yet.")
    if new == SellerOrderState.CLOSED:
        return gettext("This parcel has not arrived yet.")
    return gettext("This order is complete already.")


def pieces_in(part: SellerOrder) -> list[stock.Pieces]:
    """Return the pieces of a part that are, or were, sent."""
    return [
        stock.Pieces(line.stockrecord_id, line.quantity_left)
        for line in _to_send(part)
        if line.stockrecord_id
    ]


def _to_send(part: SellerOrder) -> QuerySet[Line]:
    """Return the lines of which anything is left."""
    return part.lines.filter(cancelled_quantity__lt=F("quantity")).order_by("pk")


def _checked(carrier: str, tracking_number: str) -> tuple[str, str]:
    """Return carrier and number as they are kept, or refuse them."""
    name, number = clean_carrier(carrier), clean_tracking_number(tracking_number)
    if not name:
        raise ParcelRefused(gettext("Please say who carries the parcel."))
    if not number:
        raise ParcelRefused(gettext("Please give the tracking number from the carrier's receipt."))
    if len(name) > LONGEST or len(number) > LONGEST:
        raise ParcelRefused(
            gettext("Carrier and tracking number may have %(most)s characters each.")
            % {"most": LONGEST}
        )
    if not is_tracking_number(number):
        raise ParcelRefused(gettext("A tracking number has only letters, digits and hyphens."))
    return name, number


def _same(sent: Parcel, wanted: tuple[str, str]) -> Parcel:
    """Return the parcel that left, if it is the one asked for."""
    if (sent.carrier, sent.tracking_number) != wanted:
        raise NotNow(
            gettext("This order was sent already: %(carrier)s, %(number)s.")
            % {"carrier": sent.carrier, "number": sent.tracking_number}
        )
    return sent


def _write_parcel(part: SellerOrder, carrier: str, number: str, *, now: datetime) -> Parcel:
    try:
        with transaction.atomic():
            return Parcel.objects.create(
                seller_order=part, carrier=carrier, tracking_number=number, shipped_at=now
            )
    except IntegrityError as error:
        raise ParcelRefused(
            gettext("%(carrier)s, %(number)s belongs to another parcel. Please check the number.")
            % {"carrier": carrier, "number": number}
        ) from error
