"""Who may have how many pieces, until when, and whether the rows add up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from storefront.partner.models import StockRecord
from storefront.stock.models import Hold, StockMovement
from storefront.stock.rules import Reason


@dataclass(frozen=True, slots=True)
class Difference:
    """A stock record whose counters are not the sums of its rows; all should be (x, x)."""

    stockrecord_id: int
    in_stock: tuple[int, int]
    allocated: tuple[int, int]
    held: tuple[int, int]


def within_reach(basket_id: int, *, now: datetime, of: str = "stockrecord") -> Coalesce:
    """
    Return how many promised pieces a basket may still have, as a column beside a stock record.

    They are its own held ones, and those of others whose time ran out. A buyer's own hold
    must never count against the buyer. `of` is the column that names the stock record.
    """
    holds = Hold.objects.filter(Q(basket=basket_id) | Q(until__lte=now))
    return _sum(holds.filter(stockrecord=OuterRef(of)), "quantity")


def kept_until(basket_id: int, *, now: datetime) -> Subquery:
    """Return until when a basket's pieces are kept, as a column beside `stockrecord`."""
    live = Hold.objects.filter(basket=basket_id, until__gt=now, stockrecord=OuterRef("stockrecord"))
    return Subquery(live.values("until"))


def is_held(basket: OuterRef) -> Exists:
    """Return, for a query about baskets, whether any piece is held for one."""
    return Exists(Hold.objects.filter(basket=basket))


def differences() -> list[Difference]:
    """Return the stock records whose movements or holds do not add up; there should be none."""
    moved = StockMovement.objects.filter(stockrecord=OuterRef("pk"))
    kept = moved.filter(reason=Reason.HOLD)
    wrong = (
        ~Q(num_in_stock=F("in_rows")) | ~Q(num_allocated=F("out_rows")) | ~Q(held=F("held_rows"))
    )
    rows = (
        StockRecord.objects.annotate(
            in_rows=_sum(moved, "in_stock_change"),
            out_rows=_sum(moved, "allocated_change"),
            held=_sum(Hold.objects.filter(stockrecord=OuterRef("pk")), "quantity"),
            held_rows=_sum(kept, "allocated_change"),
        )
        .filter(wrong)
        .order_by("pk")
        .values_list(
            "pk", "num_in_stock", "in_rows", "num_allocated", "out_rows", "held", "held_rows"
        )
    )
    return [Difference(pk, (a, b), (c, d), (e, f)) for pk, a, b, c, d, e, f in rows]


def _sum(rows: "QuerySet[StockMovement] | QuerySet[Hold]", column: str) -> Coalesce:
    """Return the sum of a column over a stock record's rows, none being 0."""
    total = rows.order_by().values("stockrecord").annotate(n=Sum(column)).values("n")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)
