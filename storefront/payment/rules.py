"""The life of an attempt to pay and of a refund; which money rows there are."""

from collections.abc import Sequence
from enum import StrEnum

from storefront.ledger.rules import JournalKind


class WayKind(StrEnum):
    """What a way to pay asks of the buyer."""

    # Pay on the provider's page
    PAGE = "page"
    # Promise to pay the courier
    DOOR = "door"
    # Nothing: the order costs nothing
    NOTHING = "nothing"


class AttemptState(StrEnum):
    """One try of a buyer to pay an order."""

    CREATED = "created"
    OPEN = "open"
    PROCESSING = "processing"
    # To be paid to the courier
    PROMISED = "promised"
    CAPTURED = "captured"
    FAILED = "failed"
    EXPIRED = "expired"


# A page of these may bring money at any moment; a promise brings none before the door.
# The rights of staff: to see what became of money, and to move it.
MAY_SEE, MAY_ACT = "payment.view_refund", "payment.change_refund"
LIVE = frozenset({AttemptState.CREATED, AttemptState.OPEN, AttemptState.PROCESSING})
_A = AttemptState
# The provider decides; we only follow it, and never out of a final state but for late money.
ATTEMPT_MOVES: dict[AttemptState, frozenset[AttemptState]] = {
    _A.CREATED: frozenset({_A.OPEN, _A.PROCESSING, _A.CAPTURED, _A.FAILED, _A.EXPIRED}),
    _A.OPEN: frozenset({_A.PROCESSING, _A.CAPTURED, _A.FAILED, _A.EXPIRED}),
    _A.PROCESSING: frozenset({_A.CAPTURED, _A.FAILED}),
    _A.PROMISED: frozenset({_A.CAPTURED, _A.FAILED, _A.EXPIRED}),
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
    # Cash at the door, by the number of the seller's part; then on our bank account
    COD_COLLECTED = "cod_collected"
    COD_REMITTED = "cod_remitted"
    # What whole rupees are more, or less, than the exact price
    ROUNDED_UP = "rounded_up"
    ROUNDED_DOWN = "rounded_down"


class CashState(StrEnum):
    """The cash of one parcel."""

    TO_COLLECT = "to-collect"
    COLLECTED = "collected"
    REMITTED = "remitted"
    REFUSED = "refused"
    # Paid online instead, or not wanted any more
    DROPPED = "dropped"


# Dropped → collected: the courier took cash although the order was paid online.
CASH_MOVES: dict[CashState, frozenset[CashState]] = {
    CashState.TO_COLLECT: frozenset({CashState.COLLECTED, CashState.REFUSED, CashState.DROPPED}),
    CashState.COLLECTED: frozenset({CashState.REMITTED}),
    CashState.DROPPED: frozenset({CashState.COLLECTED}),
}
# Nothing of the parcel is sold yet.
CASH_AWAITED = frozenset({CashState.TO_COLLECT, CashState.REFUSED})
# Couriers take whole rupees.
RUPEE = 100
# So often may a code be typed wrong, and so many codes are sent for one order.
MOST_TRIES, MOST_CODES = 5, 5


def in_whole_rupees(dues: Sequence[int]) -> list[int]:
    """
    Return what is collected for each parcel: whole rupees, in paise, as the dues are.

    Together they are all that is due, rounded half up; what is left over goes to the parcels
    with the largest remainders, earlier ones first.
    """
    total = (sum(dues) + RUPEE // 2) // RUPEE
    parts = [due // RUPEE for due in dues]
    by_remainder = sorted(range(len(dues)), key=lambda i: (-(dues[i] % RUPEE), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return [part * RUPEE for part in parts]


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


class PayoutState(StrEnum):
    """Money of ours on its way from a provider to our bank."""

    PENDING = "pending"
    IN_TRANSIT = "in-transit"
    PAID = "paid"
    # Back at the provider: our bank did not take it, or it was called back
    FAILED = "failed"
    CANCELED = "canceled"


_P = PayoutState
PAYOUT_BACK = frozenset({_P.FAILED, _P.CANCELED})
# The provider decides. Two who look at once may write in the wrong order: what a state does not
# lead to was seen earlier. Banks send money back days after it was paid.
# Source: https://docs.stripe.com/api/payouts/object (status).
PAYOUT_MOVES: dict[PayoutState, frozenset[PayoutState]] = {
    _P.PENDING: frozenset({_P.IN_TRANSIT, _P.PAID, *PAYOUT_BACK}),
    _P.IN_TRANSIT: frozenset({_P.PAID, *PAYOUT_BACK}),
    _P.PAID: frozenset({_P.FAILED}),
    _P.FAILED: frozenset(),
    _P.CANCELED: frozenset(),
}


def payout_rows(paise: int, state: PayoutState) -> dict[JournalKind, int]:
    """
    Return what a payout of so many paise did to our balance at the provider, in signed paise.

    The money leaves it when the payout is made, not when our bank has it.
    """
    back = {JournalKind.PAYOUT_FAILED: paise} if state in PAYOUT_BACK else {}
    return {JournalKind.PAYOUT: -paise, **back}
