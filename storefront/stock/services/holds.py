"""Keeping pieces for a basket while its buyer is at the checkout."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from storefront.partner.models import StockRecord
from storefront.stock.models import Hold
from storefront.stock.rules import Reason
from storefront.stock.services.counts import Pieces
from storefront.stock.services.settle import (
    Move,
    basket_reference,
    end_holds,
    holds_among,
    lock,
    settle,
)

AT_ONCE = 200


@transaction.atomic(savepoint=False)
def keep(
    pieces: Iterable[Pieces],
    *,
    basket_id: int,
    until: datetime,
    now: datetime,
    joined: int | None = None,
) -> None:
    """
    Keep these pieces for a basket until a time, as far as they are free, and no others.

    Called with the basket locked, any number of times: it comes to the same. `joined` is a
    basket that was joined to it, whose holds become part of it.
    """
    baskets = {basket_id, joined or basket_id}
    wanted = {each.stockrecord_id: each.quantity for each in pieces}
    records = lock(wanted, baskets=baskets)
    held = holds_among(records, baskets=baskets, now=now)
    moves = end_holds(hold for hold in held if hold.basket_id != basket_id)
    spare = {pk: record.free for pk, record in records.items()}
    for move in moves:
        spare[move.stockrecord_id] -= move.allocated
    mine = {hold.stockrecord_id: hold for hold in held if hold.basket_id == basket_id}
    kept = {
        pk: min(wanted.get(pk, 0), spare[pk] + (mine[pk].quantity if pk in mine else 0))
        for pk in records
    }
    moves += end_holds(hold for pk, hold in mine.items() if not kept[pk])
    for pk, quantity in kept.items():
        more = quantity - (mine[pk].quantity if pk in mine else 0)
        if quantity and more:
            name = basket_reference(basket_id)
            moves.append(Move(pk, Reason.HOLD, allocated=more, reference=name))
    Hold.objects.bulk_create(
        (
            Hold(basket_id=basket_id, stockrecord_id=pk, quantity=quantity, until=until)
            for pk, quantity in kept.items()
            if quantity
        ),
        update_conflicts=True,
        unique_fields=("basket", "stockrecord"),
        update_fields=("quantity", "until"),
    )
    settle(records, moves)


def end_overdue(*, now: datetime) -> int:
    """
    Free the pieces of holds whose time ran out; return how many holds ended.

    Safe side by side with buyers and with itself: rows somebody works on are left to them.
    """
    ended = 0
    while some := _end_some(now):
        ended += some
    return ended


@transaction.atomic
def _end_some(now: datetime) -> int:
    overdue = Hold.objects.filter(until__lte=now)
    rows = StockRecord.objects.filter(pk__in=overdue.values("stockrecord")).order_by("pk")
    found = rows.select_for_update(skip_locked=True)[:AT_ONCE]
    records = {record.pk: record for record in found}
    moves = end_holds(overdue.filter(stockrecord__in=records))
    settle(records, moves)
    return len(moves)
