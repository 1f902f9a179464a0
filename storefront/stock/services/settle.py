"""The one place where stock is counted: locked rows, moved together with the rows that say why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Min, Q

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.partner.models import StockRecord
from storefront.stock.models import Hold, StockMovement
from storefront.stock.rules import Reason

COUNTED = ("num_in_stock", "num_allocated", "held_until", "version", "date_updated")


@dataclass(frozen=True, slots=True)
class Move:
    """A change of one stock record's counters, and why."""

    stockrecord_id: int
    reason: Reason
    in_stock: int = 0
    allocated: int = 0
    reference: str = ""
    by: User | None = None


def lock(stockrecord_ids: Iterable[int], *, baskets: Iterable[int] = ()) -> dict[int, StockRecord]:
    """Lock stock records, and those of which the baskets hold pieces, in pk order."""
    held = Hold.objects.filter(basket__in=list(baskets)).values("stockrecord")
    wanted = StockRecord.objects.filter(Q(pk__in=list(stockrecord_ids)) | Q(pk__in=held))
    return {record.pk: record for record in wanted.order_by("pk").select_for_update()}


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
    held = Hold.objects.filter(stockrecord__in=records).order_by().values_list("stockrecord_id")
    ends = dict(held.annotate(at=Min("until")))
    for pk, each in records.items():
        each.held_until = ends.get(pk)
        each.version += before[pk] != (each.num_in_stock, each.free)
        each.date_updated = now()
    StockRecord.objects.bulk_update(list(records.values()), COUNTED)
    StockMovement.objects.bulk_create(
        StockMovement(
            stockrecord_id=move.stockrecord_id,
            reason=move.reason,
            in_stock_change=move.in_stock,
            allocated_change=move.allocated,
            reference=move.reference,
            by=move.by,
        )
        for move in made
    )


def end_holds(holds: Iterable[Hold]) -> list[Move]:
    """Delete holds of locked stock records; return the moves that free their pieces."""
    ended = list(holds)
    Hold.objects.filter(pk__in=[hold.pk for hold in ended]).delete()
    return [
        Move(
            hold.stockrecord_id,
            Reason.HOLD,
            allocated=-hold.quantity,
            reference=basket_reference(hold.basket_id),
        )
        for hold in ended
    ]


def basket_reference(basket_id: int) -> str:
    """Return how a basket is named in a movement."""
    return f"basket {basket_id}"
