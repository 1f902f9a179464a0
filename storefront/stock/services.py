"""Taking and giving back stock: one conditional update each, and a row that says why."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from storefront.accounts.models import User
from storefront.core.refusals import Refusal
from storefront.partner.models import StockRecord
from storefront.stock.models import StockMovement
from storefront.stock.rules import Reason


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


def take(pieces: Iterable[Pieces], *, reference: str) -> None:
    """
    Promise pieces to an order: all of them, or none.

    Call inside the order's transaction. Rows are locked in pk order, so no two can wait
    for each other.

    Raises:
        SoldOut: fewer are free; nothing was taken.
    """
    wanted = sorted(pieces, key=lambda each: each.stockrecord_id)
    with transaction.atomic():
        missing = [
            each.stockrecord_id
            for each in wanted
            if not StockRecord.objects.filter(
                pk=each.stockrecord_id,
                num_in_stock__gte=F("num_allocated") + each.quantity,
            ).update(num_allocated=F("num_allocated") + each.quantity, version=F("version") + 1)
        ]
        if missing:
            raise SoldOut(missing)
        _write(wanted, Reason.SALE, reference=reference, allocated=1)


def release(pieces: Iterable[Pieces], *, reference: str) -> None:
    """Take a promise back: the pieces are free again. The caller makes sure it is done once."""
    given = sorted(pieces, key=lambda each: each.stockrecord_id)
    with transaction.atomic():
        for each in given:
            StockRecord.objects.filter(pk=each.stockrecord_id).update(
                num_allocated=F("num_allocated") - each.quantity, version=F("version") + 1
            )
        _write(given, Reason.RELEASE, reference=reference, allocated=-1)


def ship(pieces: Iterable[Pieces], *, reference: str) -> None:
    """Let promised pieces leave the house. The caller makes sure it is done once."""
    gone = sorted(pieces, key=lambda each: each.stockrecord_id)
    with transaction.atomic():
        for each in gone:
            StockRecord.objects.filter(pk=each.stockrecord_id).update(
                num_in_stock=F("num_in_stock") - each.quantity,
                num_allocated=F("num_allocated") - each.quantity,
                version=F("version") + 1,
            )
        _write(gone, Reason.SHIPPED, reference=reference, in_stock=-1, allocated=-1)


def set_free(
    stockrecord: StockRecord, *, free: int, version: int, by: User | None, reason: Reason
) -> StockRecord:
    """
    Say how many pieces are free to sell now, if nothing changed since `version`.

    What is promised to orders comes on top, so nobody's order can be lost by an edit.

    Raises:
        StockChangedMeanwhile: the stock was sold or edited since.
        ValueError: a negative number.
    """
    if free < 0:
        raise ValueError("stock cannot be negative")
    with transaction.atomic():
        record = StockRecord.objects.select_for_update().get(pk=stockrecord.pk)
        if record.version != version:
            raise StockChangedMeanwhile(str(record.free))
        change = free - record.free
        if not change:
            return record
        record.num_in_stock += change
        record.version += 1
        record.save(update_fields=["num_in_stock", "version", "date_updated"])
        StockMovement.objects.create(
            stockrecord=record, reason=reason, in_stock_change=change, by=by
        )
    return record


def _write(
    pieces: Iterable[Pieces],
    reason: Reason,
    *,
    reference: str,
    in_stock: int = 0,
    allocated: int = 0,
) -> None:
    StockMovement.objects.bulk_create(
        StockMovement(
            stockrecord_id=each.stockrecord_id,
            reason=reason,
            reference=reference,
            in_stock_change=in_stock * each.quantity,
            allocated_change=allocated * each.quantity,
        )
        for each in pieces
    )
