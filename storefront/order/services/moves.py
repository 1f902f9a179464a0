"""Moving orders and their parts from state to state: locked, by the table, with a row each."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from storefront.accounts.models import User
from storefront.basket import services as basket_services
from storefront.core.compiled import compiled
from storefront.core.inserted import changing
from storefront.core.machine import check_move
from storefront.core.together import insert_together
from storefront.discounts.services import return_usage, take_usage_again
from storefront.order.models import Order, OrderNote, SellerOrder, StateChange
from storefront.order.rules import ORDER_MOVES, SELLER_ORDER_MOVES, OrderState, SellerOrderState
from storefront.order.services.letters import letter_context, write_to_buyer
from storefront.stock import services as stock


def lock_order(order_id: int) -> Order:
    """Lock an order until the transaction ends; everything about it waits for this lock."""
    return _locked(order_id)[0]


@compiled
def _locked(order_id: int) -> QuerySet[Order]:
    # Letters name who it goes to.
    orders = Order.objects.select_related("shipping_address").filter(pk=order_id)
    return orders.select_for_update(of=("self",))


@transaction.atomic(savepoint=False)
def confirm(order: Order, *, now: datetime, reason: str) -> list[SellerOrder]:
    """
    Say that an order is paid (or accepted): sellers see it, the buyer gets a letter.

    Return its parts. Called with the order locked.

    Raises:
        IllegalMove: it is confirmed already.
    """
    parts = _parts_of(order.pk)
    moved = _move_order(order, OrderState.CONFIRMED, reason=reason)
    _write(moved, *_move_parts(order, parts, SellerOrderState.ACCEPTED, reason=reason))
    told = letter_context(order) | {"confirmed_at": now.isoformat()}
    write_to_buyer(order, "order_confirmed", told)
    return parts


@transaction.atomic
def cancel_unpaid(order: Order, *, reason: str, by: User | None = None) -> None:
    """
    Cancel an order nobody paid: the pieces are free again and the basket can be used.

    Called with the order locked, and only when no payment can come any more.

    Raises:
        IllegalMove: it is not waiting for payment.
    """
    check_move(
        {OrderState.PENDING_PAYMENT: frozenset({OrderState.CANCELLED})},
        old=OrderState(order.status),
        new=OrderState.CANCELLED,
    )
    moved = _move_order(order, OrderState.CANCELLED, reason=reason, by=by)
    parts = order.seller_orders.all()
    _write(moved, *_move_parts(order, parts, SellerOrderState.CANCELLED, reason=reason, by=by))
    # Baskets are locked before stock, as when an order is placed.
    if order.basket:
        basket_services.reopen(order.basket)
    stock.release(_pieces(order), reference=order.number)
    return_usage(order)


@transaction.atomic
def cancel_parts(
    order: Order, parts: Iterable[SellerOrder], *, reason: str, by: User | None
) -> None:
    """
    Cancel confirmed parts nothing is left of; with the last one the order, and its discounts.

    Called with the order locked.

    Raises:
        IllegalMove: a part has left.
    """
    _write(*_move_parts(order, parts, SellerOrderState.CANCELLED, reason=reason, by=by))
    if not order.seller_orders.exclude(state=SellerOrderState.CANCELLED).exists():
        _write(_move_order(order, OrderState.CANCELLED, reason=reason, by=by))
        return_usage(order)


@transaction.atomic
def revive(order: Order, *, now: datetime) -> None:
    """
    Confirm a cancelled order whose money came late, if all its pieces are still there.

    A discount that was used up meanwhile stays: the buyer has paid. A note says so.

    Raises:
        SoldOut: they are not; nothing changed.
    """
    if order.basket:
        basket_services.close_again(order.basket, version=order.basket_version)
    stock.take(_pieces(order), reference=order.number, basket_id=order.basket_id, now=now)
    if not take_usage_again(order, now=now):
        OrderNote.objects.create(
            order=order,
            note_type=OrderNote.SYSTEM,
            message="Paid late, with a discount that was used up meanwhile.",
        )
    confirm(order, now=now, reason="late payment")


@transaction.atomic
def move_part(
    part: SellerOrder, *, new: SellerOrderState, by: User | None, reason: str = ""
) -> SellerOrder:
    """
    Move one seller's part; asked twice for the same state, nothing more happens.

    Raises:
        IllegalMove: the part is not where one can go there from.
    """
    lock_order(part.order_id)
    fresh = SellerOrder.objects.select_related("order", "seller").get(pk=part.pk)
    if fresh.state != new:
        _write(*_move_parts(fresh.order, [fresh], new, reason=reason, by=by))
    return fresh


@compiled
def _parts_of(order_id: int) -> QuerySet[SellerOrder]:
    return SellerOrder.objects.filter(order=order_id).order_by("pk")


def _pieces(order: Order) -> list[stock.Pieces]:
    rows = order.lines.filter(stockrecord__isnull=False).values_list("stockrecord_id", "quantity")
    return [stock.Pieces(stockrecord_id, quantity) for stockrecord_id, quantity in rows]


def _move_order(
    order: Order, new: OrderState, *, reason: str, by: User | None = None
) -> StateChange:
    """Return the row that says that an order moves, for `_write`."""
    old = OrderState(order.status)
    check_move(ORDER_MOVES, old=old, new=new)
    return StateChange(order=order, old=old, new=new, reason=reason, by=by)


def _move_parts(
    order: Order,
    parts: Iterable[SellerOrder],
    new: SellerOrderState,
    *,
    reason: str,
    by: User | None = None,
) -> list[StateChange]:
    """Return the rows that say that parts move to one state, all or none, for `_write`."""
    moves = []
    for part in sorted(parts, key=lambda part: part.pk):
        old = SellerOrderState(part.state)
        check_move(SELLER_ORDER_MOVES, old=old, new=new)
        moves.append(
            StateChange(order=order, seller_order=part, old=old, new=new, reason=reason, by=by)
        )
    return moves


def _write(*moves: StateChange) -> None:
    """Move an order, or parts of it to one state, or both, and write the rows that say so."""
    parts = [move.seller_order for move in moves if move.seller_order]
    moved = [changing([move.order], status=move.new) for move in moves if not move.seller_order]
    if parts:
        moved.append(changing(parts, state=moves[-1].new))
    if moves:
        insert_together(moves, beside=moved)
