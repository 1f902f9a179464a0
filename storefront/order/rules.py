"""The states of an order and of its parts, who may take pieces back, and what that undoes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from storefront.core.money import ZERO, share


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


HAS_LEFT = {_S.SHIPPED, _S.DELIVERED, _S.CLOSED}


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
    gone = sum(part in HAS_LEFT for part in alive)
    if gone == len(alive):
        return Progress.SHIPPED
    return Progress.PART_SHIPPED if gone else Progress.CONFIRMED


class Asker(StrEnum):
    """Who takes pieces of an order back."""

    BUYER = "buyer"
    SELLER = "seller"
    STAFF = "staff"


# In which states of a part its pieces can be taken back, and by whom.
CANCELS_IN: dict[Asker, frozenset[SellerOrderState]] = {
    Asker.BUYER: frozenset({_S.ACCEPTED}),
    Asker.SELLER: frozenset({_S.ACCEPTED, _S.PACKED}),
    Asker.STAFF: frozenset({_S.ACCEPTED, _S.PACKED, *HAS_LEFT}),
}


def may_cancel(asker: Asker, state: SellerOrderState) -> bool:
    """Return whether pieces of a part in this state can be taken back by this person."""
    return state in CANCELS_IN[asker]


class Why(StrEnum):
    """Why pieces are taken back."""

    CHANGED_MIND = "changed-mind"
    MISTAKE = "mistake"
    TOO_SLOW = "too-slow"
    SOLD_OUT = "sold-out"
    BROKEN = "broken"
    CANNOT_SEND = "cannot-send"
    BUYER_ASKED = "buyer-asked"
    FRAUD = "fraud"
    NOT_ARRIVED = "not-arrived"
    FAULTY = "faulty"
    WRONG_PIECE = "wrong-piece"
    CAME_BACK = "came-back"
    OTHER = "other"


REASONS: dict[Asker, tuple[Why, ...]] = {
    Asker.BUYER: (Why.CHANGED_MIND, Why.MISTAKE, Why.TOO_SLOW, Why.OTHER),
    Asker.SELLER: (Why.CANNOT_SEND, Why.SOLD_OUT, Why.BROKEN, Why.OTHER),
    Asker.STAFF: (
        Why.BUYER_ASKED,
        Why.CANNOT_SEND,
        Why.SOLD_OUT,
        Why.FRAUD,
        Why.NOT_ARRIVED,
        Why.FAULTY,
        Why.WRONG_PIECE,
        Why.CAME_BACK,
        Why.OTHER,
    ),
}
# With these the parcel was no delivery, so its charge goes back too although it left.
_NOT_DELIVERED = {Why.NOT_ARRIVED, Why.FAULTY, Why.WRONG_PIECE}
# The seller has not got these pieces, so nobody may buy them.
_NOT_THERE = {Why.SOLD_OUT, Why.BROKEN}


class CancellationState(StrEnum):
    """Whether pieces were taken back; what waits for a second person may be declined."""

    WAITING = "waiting"
    DONE = "done"
    DECLINED = "declined"


_C = CancellationState
CANCELLATION_MOVES: dict[CancellationState, frozenset[CancellationState]] = {
    _C.WAITING: frozenset({_C.DONE, _C.DECLINED}),
}


class Fate(StrEnum):
    """Where pieces are that were taken back."""

    ON_THE_SHELF = "on-the-shelf"
    LOST = "lost"
    AWAY = "away"
    HOME_AGAIN = "home-again"


def fate(why: Why, *, has_left: bool) -> Fate:
    """Return what becomes of pieces that are taken back, whether they left or not."""
    if has_left:
        return Fate.HOME_AGAIN if why == Why.CAME_BACK else Fate.AWAY
    return Fate.LOST if why in _NOT_THERE else Fate.ON_THE_SHELF


def gives_delivery_back(why: Why, *, has_left: bool) -> bool:
    """Return whether the delivery charge goes back with the last piece of a part."""
    return not has_left or why in _NOT_DELIVERED


@dataclass(frozen=True, slots=True)
class LineStand:
    """How a line stands: pieces ordered and cancelled, and what was paid for all, in rupees."""

    id: int
    quantity: int
    cancelled: int
    paid: Decimal

    @property
    def left(self) -> int:
        """Return how many pieces are not cancelled."""
        return self.quantity - self.cancelled


@dataclass(frozen=True, slots=True)
class Undone:
    """So many pieces of a line taken back, and what was paid for them, in rupees."""

    line_id: int
    quantity: int
    goods: Decimal
    delivery: Decimal = ZERO

    @property
    def worth(self) -> Decimal:
        """Return what was paid for pieces and delivery."""
        return self.goods + self.delivery


def price_of_left(total: Decimal, *, quantity: int, cancelled: int) -> Decimal:
    """
    Return what an amount of a whole line, in rupees, comes to for the pieces that are left.

    A piece costs its share of the line, paisa for paisa; the dearer ones are cancelled first.
    """
    return sum(share(total, [1] * quantity)[cancelled:], ZERO)


def undone(
    lines: Sequence[LineStand], picks: Mapping[int, int], *, delivery: Decimal
) -> list[Undone]:
    """
    Return what taking back so many pieces of a part's lines undoes, by ids of lines.

    `delivery` is what the part's delivery cost, in rupees; it goes with the last piece, shared
    among the lines that go then. However a part is cut up, the amounts add up to what was paid.
    """
    gone = [line for line in lines if picks.get(line.id)]
    goods = [_price(line, picks[line.id]) for line in gone]
    is_whole = all(line.left == picks.get(line.id, 0) for line in lines)
    shares = share(delivery, goods) if is_whole and gone else [ZERO] * len(gone)
    return [
        Undone(line.id, picks[line.id], price, charge)
        for line, price, charge in zip(gone, goods, shares, strict=True)
    ]


def within(undoings: Sequence[Undone], room: Decimal) -> list[Undone]:
    """Return the same with amounts cut, the last ones first, so that they come to `room` rupees."""
    cut: list[Undone] = []
    for each in undoings:
        goods = min(each.goods, room)
        delivery = min(each.delivery, room - goods)
        room -= goods + delivery
        cut.append(Undone(each.line_id, each.quantity, goods, delivery))
    return cut


def _price(line: LineStand, pieces: int) -> Decimal:
    before = price_of_left(line.paid, quantity=line.quantity, cancelled=line.cancelled)
    after = price_of_left(line.paid, quantity=line.quantity, cancelled=line.cancelled + pieces)
    return before - after
