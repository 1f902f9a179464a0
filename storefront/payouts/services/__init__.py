"""Paying sellers: the only code that makes payouts and moves them."""

from storefront.payouts.services.batches import (
    BatchMoved,
    NotCovered,
    NothingToPay,
    OwnBatch,
    approve,
    draft_batch,
    export,
)
from storefront.payouts.services.settling import (
    NoSuchPayout,
    PayoutMoved,
    ReasonMissing,
    UtrRefused,
    decline,
    mark_all_paid,
    mark_failed,
    mark_paid,
)

__all__ = [
    "BatchMoved",
    "NoSuchPayout",
    "NotCovered",
    "NothingToPay",
    "OwnBatch",
    "PayoutMoved",
    "ReasonMissing",
    "UtrRefused",
    "approve",
    "decline",
    "draft_batch",
    "export",
    "mark_all_paid",
    "mark_failed",
    "mark_paid",
]
