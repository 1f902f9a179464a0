"""Taking, giving back, sending and counting pieces: with the rows locked in pk order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from storefront.accounts.models import User
from storefront.core.clock import now as clock_now
from storefront.core.refusals import Refusal
from storefront.partner.models import StockRecord
from storefront.stock.rules import Reason
from storefront.stock.services.settle import Move, end_holds_among, lock, settle


class SoldOut(Refusal):
    """Fewer pieces are free than were asked for; `stockrecord_ids` says of what."""

    code = "sold-out"

    def __init__(self, stockrecord_ids: list[int]) -> None:
        super().__init__(", ".join(map(str, stockrecord_ids)))
        self.stockrecord_ids = stockrecord_ids


class StockChangedMeanwhile(Refusal):
    """Somebody else changed the stock after this person looked at it."""

    code = "stock-changed-meanwhile"


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many pieces of one stock record."""

    stockrecord_id: int
    quantity: int


@transaction.atomic(savepoint=False)
def take(
    pieces: Iterable[Pieces],
    *,
    reference: str,
    basket_id: int | None = None,
    now: datetime | None = None,
    locked: Mapping[int, StockRecord] | None = None,
) -> None:
    """
    Promise pieces to an order: all of them, or none.

    Call inside the order's transaction. What the order's basket holds is used for it, and
    ended with the rest of the basket's holds; so are holds of others whose time ran out.
    `locked` are the stock records, if the caller has locked them already.

    Raises:
        SoldOut: fewer are free; the caller's transaction is to be rolled back.
    """
    wanted = list(pieces)
    baskets = [] if basket_id is None else [basket_id]
    records = locked or lock((each.stockrecord_id for each in wanted), baskets=baskets)
    freed = end_holds_among(records, baskets=baskets, now=now or clock_now())
    spare = {pk: record.free for pk, record in records.items()}
    for move in freed:
        spare[move.stockrecord_id] -= move.allocated
    for each in wanted:
        spare[each.stockrecord_id] = spare.get(each.stockrecord_id, 0) - each.quantity
    missing = sorted(pk for pk, left in spare.items() if left < 0)
    if missing:
        raise SoldOut(missing)
    settle(records, [*freed, *_moves(wanted, Reason.SALE, reference=reference, allocated=1)])


@transaction.atomic
def release(pieces: Iterable[Pieces], *, reference: str) -> None:
    """Take a promise back: the pieces are free again. The caller makes sure it is done once."""
    given = list(pieces)
    records = lock(each.stockrecord_id for each in given)
    settle(records, _moves(given, Reason.RELEASE, reference=reference, allocated=-1))


@transaction.atomic
def ship(pieces: Iterable[Pieces], *, reference: str) -> None:
    """Let promised pieces leave the house. The caller makes sure it is done once."""
    gone = list(pieces)
    records = lock(each.stockrecord_id for each in gone)
    settle(records, _moves(gone, Reason.SHIPPED, reference=reference, in_stock=-1, allocated=-1))


@transaction.atomic
def adjust(
    pieces: Pieces, *, reason: Reason, reference: str = "", by: User | None = None
) -> StockRecord:
    """
    Add pieces to the house, or with a negative number take free ones away.

    For what came back (`return`) or broke (`damage`); a signed change overwrites nothing.

    Raises:
        SoldOut: so many are not free; nothing changed.
    """
    record = lock([pieces.stockrecord_id])[pieces.stockrecord_id]
    if record.free + pieces.quantity < 0:
        raise SoldOut([record.pk])
    settle(
        {record.pk: record},
        [Move(record.pk, reason, in_stock=pieces.quantity, reference=reference, by=by)],
    )
    return record


@transaction.atomic
def set_free(
    stockrecord: StockRecord, *, free: int, version: int, by: User | None, reason: Reason
) -> StockRecord:
    """
    Say how many pieces are free to sell now, if nothing changed since `version`.

    What is promised comes on top, so no order or hold can be lost by an edit.

    Raises:
        StockChangedMeanwhile: the stock was sold or edited since.
        ValueError: a negative number.
    """
    if free < 0:
        raise ValueError("stock cannot be negative")
    record = lock([stockrecord.pk])[stockrecord.pk]
    if record.version != version:
        raise StockChangedMeanwhile(str(record.free))
    settle({record.pk: record}, [Move(record.pk, reason, in_stock=free - record.free, by=by)])
    return record


def _moves(
    pieces: Iterable[Pieces],
    reason: Reason,
    *,
    reference: str,
    in_stock: int = 0,
    allocated: int = 0,
) -> list[Move]:
    return [
        Move(
            each.stockrecord_id,
            reason,
            in_stock=in_stock * each.quantity,
            allocated=allocated * each.quantity,
            reference=reference,
        )
        for each in pieces
    ]
