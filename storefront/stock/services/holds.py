"""Keeping pieces for a basket while its buyer is at the checkout."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from storefront.core.statements import execute
from storefront.partner.models import StockRecord
from storefront.stock.models import Hold
from storefront.stock.rules import Reason
from storefront.stock.services.counts import Pieces
from storefront.stock.services.settle import (
    Move,
    basket_reference,
    end_holds,
    holds_among,
    settle,
)

AT_ONCE = 200
# Django's bulk_create writes this text anew for each basket, and takes longer than PostgreSQL.
_HOLD = """
    INSERT INTO stock_hold (basket_id, stockrecord_id, quantity, until)
    SELECT %s, stockrecord_id, quantity, %s
    FROM unnest(%s::bigint[], %s::int[]) AS wanted (stockrecord_id, quantity)
    ON CONFLICT (basket_id, stockrecord_id)
    DO UPDATE SET quantity = excluded.quantity, until = excluded.until
"""


@transaction.atomic(savepoint=False)
def keep(
    pieces: Iterable[Pieces],
    *,
    locked: Mapping[int, StockRecord],
    basket_id: int,
    until: datetime,
    now: datetime,
    joined: int | None = None,
) -> None:
    """
    Keep these pieces for a basket until a time, as far as they are free, and no others.

    Called with the basket locked, any number of times: it comes to the same. `locked` are the
    stock records of these pieces, and of all that is held for the basket, which are locked too.
    `joined` is a basket that was joined to it, whose holds become part of it.
    """
    baskets = {basket_id, joined or basket_id}
    wanted = {each.stockrecord_id: each.quantity for each in pieces}
    held = holds_among(locked, baskets=baskets, now=now)
    moves = end_holds(hold for hold in held if hold.basket_id != basket_id)
    spare = {pk: record.free for pk, record in locked.items()}
    for move in moves:
        spare[move.stockrecord_id] -= move.allocated
    mine = {hold.stockrecord_id: hold for hold in held if hold.basket_id == basket_id}
    kept = {
        pk: min(wanted.get(pk, 0), spare[pk] + (mine[pk].quantity if pk in mine else 0))
        for pk in locked
    }
    moves += end_holds(hold for pk, hold in mine.items() if not kept[pk])
    for pk, quantity in kept.items():
        more = quantity - (mine[pk].quantity if pk in mine else 0)
        if quantity and more:
            name = basket_reference(basket_id)
            moves.append(Move(pk, Reason.HOLD, allocated=more, reference=name))
    held_now = {pk: quantity for pk, quantity in kept.items() if quantity}
    if held_now:
        execute(_HOLD, [basket_id, until, [*held_now], [*held_now.values()]])
    settle(locked, moves)


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
