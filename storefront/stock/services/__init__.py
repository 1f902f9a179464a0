"""The only code that changes stock: counts and holds, each change with a row that says why."""

from storefront.stock.services.counts import (
    Pieces,
    SoldOut,
    StockChangedMeanwhile,
    adjust,
    release,
    set_free,
    ship,
    take,
)
from storefront.stock.services.holds import end_overdue, keep
from storefront.stock.services.settle import lock

__all__ = [
    "Pieces",
    "SoldOut",
    "StockChangedMeanwhile",
    "adjust",
    "end_overdue",
    "keep",
    "lock",
    "release",
    "set_free",
    "ship",
    "take",
]
