"""The states of an order and of each seller's part, and who may move them."""

from collections.abc import Iterable
from enum import StrEnum


class OrderState(StrEnum):
    """The buyer's order, as a whole."""

    PENDING_PAYMENT = "pending-payment"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


# Cancelled → confirmed: money that came late, while the pieces are still there.
ORDER_MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PENDING_PAYMENT: frozenset({OrderState.CONFIRMED, OrderState.CANCELLED}),
    OrderState.CONFIRMED: frozenset({OrderState.CANCELLED}),
    OrderState.CANCELLED: frozenset({OrderState.CONFIRMED}),
}


class SellerOrderState(StrEnum):
    """One seller's part of an order."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_S = SellerOrderState
SELLER_ORDER_MOVES: dict[SellerOrderState, frozenset[SellerOrderState]] = {
    _S.WAITING: frozenset({_S.ACCEPTED, _S.CANCELLED}),
    _S.ACCEPTED: frozenset({_S.PACKED, _S.CANCELLED}),
    _S.PACKED: frozenset({_S.SHIPPED, _S.CANCELLED}),
    # Shipped → cancelled: the buyer did not take and pay it, and it came back.
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.CANCELLED}),
    _S.DELIVERED: frozenset({_S.CLOSED}),
    # Late money revives a cancelled part with its order.
    _S.CANCELLED: frozenset({_S.ACCEPTED}),
}


class Progress(StrEnum):
    """What a buyer is told about the whole order."""

    PENDING_PAYMENT = "pending-payment"
    CONFIRMED = "confirmed"
    PART_SHIPPED = "part-shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_ON_THE_ROAD = {_S.SHIPPED, _S.DELIVERED, _S.CLOSED}


def progress(order: OrderState, parts: Iterable[SellerOrderState]) -> Progress:
    """Return how far an order is, derived from its parts."""
    alive = [part for part in parts if part != _S.CANCELLED]
    if order == OrderState.PENDING_PAYMENT:
        return Progress.PENDING_PAYMENT
    if order == OrderState.CANCELLED or not alive:
        return Progress.CANCELLED
    if all(part == _S.CLOSED for part in alive):
        return Progress.CLOSED
    if all(part in {_S.DELIVERED, _S.CLOSED} for part in alive):
        return Progress.DELIVERED
    gone = sum(part in _ON_THE_ROAD for part in alive)
    if gone == len(alive):
        return Progress.SHIPPED
    return Progress.PART_SHIPPED if gone else Progress.CONFIRMED
