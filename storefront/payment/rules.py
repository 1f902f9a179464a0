"""The life of an attempt to pay and of a refund; which money rows there are."""

from enum import StrEnum


class AttemptState(StrEnum):
    """One try of a buyer to pay an order."""

    CREATED = "created"
    OPEN = "open"
    PROCESSING = "processing"
    CAPTURED = "captured"
    FAILED = "failed"
    EXPIRED = "expired"


LIVE = frozenset({AttemptState.CREATED, AttemptState.OPEN, AttemptState.PROCESSING})
_A = AttemptState
# The provider decides; we only follow it, and never out of a final state but for late money.
ATTEMPT_MOVES: dict[AttemptState, frozenset[AttemptState]] = {
    _A.CREATED: frozenset({_A.OPEN, _A.PROCESSING, _A.CAPTURED, _A.FAILED, _A.EXPIRED}),
    _A.OPEN: frozenset({_A.PROCESSING, _A.CAPTURED, _A.FAILED, _A.EXPIRED}),
    _A.PROCESSING: frozenset({_A.CAPTURED, _A.FAILED}),
    _A.FAILED: frozenset({_A.CAPTURED}),
    _A.EXPIRED: frozenset({_A.CAPTURED}),
    _A.CAPTURED: frozenset(),
}


class MoneyKind(StrEnum):
    """Which way money went."""

    CAPTURE = "capture"
    REFUND = "refund"
    REFUND_FAILED = "refund_failed"
    # What the provider kept of it, by the reference of its own balance row
    FEE = "fee"
    DISPUTE = "dispute"
    DISPUTE_WON = "dispute_won"


class RefundState(StrEnum):
    """A refund on its way to the buyer."""

    # A second person of the staff has to say yes to it.
    TO_APPROVE = "to-approve"
    DECLINED = "declined"
    NEW = "new"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REVIEW = "review"


class EventState(StrEnum):
    """What became of a message from the provider."""

    RECEIVED = "received"
    DONE = "done"
    IGNORED = "ignored"
    FAILED = "failed"
    DEAD = "dead"


class DisputeState(StrEnum):
    """What a buyer's bank wants of a charge, and what came of it."""

    WARNING = "warning"
    OPEN = "open"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


# Money that a bank holds or took: nothing leaves the house until a person says so.
ON_HOLD = frozenset({DisputeState.WARNING, DisputeState.OPEN, DisputeState.LOST})
_D = DisputeState
# The provider's words; any other is an open dispute.
DISPUTE_STATES = {
    "fraud_warning": _D.WARNING,
    "warning_needs_response": _D.WARNING,
    "warning_under_review": _D.WARNING,
    "warning_closed": _D.CLOSED,
    "prevented": _D.CLOSED,
    "won": _D.WON,
    "lost": _D.LOST,
}
