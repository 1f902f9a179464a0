"""The one place where stock is counted: locked rows, moved together with the rows that say why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.core.compiled import compiled
from storefront.core.statements import execute, rows_of
from storefront.partner.models import StockRecord
from storefront.stock.models import Hold
from storefront.stock.rules import Reason

# One statement, since every order waits for it: Django's bulk_update is five times as slow.
COUNT = """
    UPDATE partner_stockrecord
    SET num_in_stock = counted.in_stock, num_allocated = counted.allocated,
        version = counted.version, date_updated = %s,
        held_until = (SELECT min(until) FROM stock_hold WHERE stockrecord_id = counted.id)
    FROM (VALUES {}) AS counted (id, in_stock, allocated, version)
    WHERE partner_stockrecord.id = counted.id
"""
COUNTED = "(%s::bigint, %s::int, %s::int, %s::int)"
SAY_WHY = """
    WITH moved AS ({})
    INSERT INTO stock_stockmovement
        (stockrecord_id, reason, in_stock_change, allocated_change, reference, by_id, at)
    VALUES {}
"""
# Looked for and ended by one statement: every order of pieces that are kept does.
END = """
    DELETE FROM stock_hold
    WHERE stockrecord_id = ANY(%s::bigint[]) AND (basket_id = ANY(%s::bigint[]) OR until <= %s)
    RETURNING stockrecord_id, basket_id, quantity
"""


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one stock record's counters, and why."""

    stockrecord_id: int
    reason: Reason
    in_stock: int = 0
    allocated: int = 0
    reference: str = ""
    by: User | None = None

    def columns(self) -> tuple[Any, ...]:
        """Return it as a movement keeps it, but for the moment."""
        by = self.by.pk if self.by else None
        return (
            self.stockrecord_id,
            self.reason.value,
            self.in_stock,
            self.allocated,
            self.reference,
            by,
        )


def lock(stockrecord_ids: Iterable[int], *, baskets: Iterable[int] = ()) -> dict[int, StockRecord]:
    """Lock stock records, and those of which the baskets hold pieces, in pk order."""
    return {record.pk: record for record in _locked([*stockrecord_ids], [*baskets])}


@compiled
def _locked(stockrecord_ids: Sequence[int], baskets: Sequence[int]) -> QuerySet[StockRecord]:
    asked = StockRecord.objects.filter(pk__in=stockrecord_ids).order_by().values_list("pk")
    held = Hold.objects.filter(basket__in=baskets).order_by().values_list("stockrecord_id")
    # A union, since PostgreSQL reads the whole table for "one of these, or one of those".
    wanted = StockRecord.objects.filter(pk__in=asked.union(held))
    return wanted.order_by("pk").select_for_update()


def end_holds_among(
    records: Mapping[int, StockRecord], *, baskets: Iterable[int], now: datetime
) -> list[Move]:
    """End the holds of locked stock records that are these baskets', or ran out."""
    held = _with_holds(records)
    return [_freed(*row) for row in rows_of(END, [held, [*baskets], now])] if held else []


def holds_among(
    records: Mapping[int, StockRecord], *, baskets: Iterable[int], now: datetime
) -> list[Hold]:
    """Return the holds of locked stock records that are these baskets', or ran out."""
    held = _with_holds(records)
    return _holds_among(held, [*baskets], now) if held else []


def _with_holds(records: Mapping[int, StockRecord]) -> list[int]:
    """Return the numbers of those of which any pieces are held: the records know it."""
    return [pk for pk, record in records.items() if record.held_until]


@compiled
def _holds_among(
    stockrecord_ids: Sequence[int], baskets: Sequence[int], now: datetime
) -> QuerySet[Hold]:
    over = Q(basket__in=baskets) | Q(until__lte=now)
    return Hold.objects.filter(over, stockrecord__in=stockrecord_ids)


def settle(records: Mapping[int, StockRecord], moves: Iterable[Move]) -> None:
    """
    Count moves into locked stock records and write a movement for each.

    Holds are changed before: the first moment one ends is noted here. The version grows where
    another number of pieces is in the house or free, which is what a seller saw and may edit.
    """
    made = [move for move in moves if move.in_stock or move.allocated]
    before = {pk: (each.num_in_stock, each.free) for pk, each in records.items()}
    for move in made:
        records[move.stockrecord_id].num_in_stock += move.in_stock
        records[move.stockrecord_id].num_allocated += move.allocated
    for pk, each in records.items():
        each.version += before[pk] != (each.num_in_stock, each.free)
    if not records:
        return
    at = now()
    counts = [(pk, r.num_in_stock, r.num_allocated, r.version) for pk, r in records.items()]
    reasons = [(*move.columns(), at) for move in made]
    params = [at, *chain.from_iterable(counts), *chain.from_iterable(reasons)]
    execute(_statement(len(counts), len(reasons)), params)


@lru_cache(maxsize=200)
def _statement(counts: int, reasons: int) -> str:
    counted = COUNT.format(", ".join([COUNTED] * counts))
    said = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * reasons)
    return SAY_WHY.format(counted, said) if reasons else counted


def end_holds(holds: Iterable[Hold]) -> list[Move]:
    """Delete holds of locked stock records; return the moves that free their pieces."""
    ended = list(holds)
    if ended:
        Hold.objects.filter(pk__in=[hold.pk for hold in ended]).delete()
    return [_freed(hold.stockrecord_id, hold.basket_id, hold.quantity) for hold in ended]


def _freed(stockrecord_id: int, basket_id: int, quantity: int) -> Move:
    name = basket_reference(basket_id)
    return Move(stockrecord_id, Reason.HOLD, allocated=-quantity, reference=name)


def basket_reference(basket_id: int) -> str:
    """Return how a basket is named in a movement."""
    return f"basket {basket_id}"
