"""What Stripe's objects mean to the shop; asks nobody."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from storefront.ledger.rules import JournalKind
from storefront.payment.gateways.base import (
    BalanceRow,
    DisputeSeen,
    Event,
    Movement,
    PayoutSeen,
    SessionStatus,
    Snapshot,
)
from storefront.payment.rules import MoneyKind, PayoutState

# Stripe's types of balance transactions; a dispute's are adjustments and say so elsewhere.
BALANCE_KINDS = {
    "charge": MoneyKind.CAPTURE,
    "payment": MoneyKind.CAPTURE,
    "refund": MoneyKind.REFUND,
    "payment_refund": MoneyKind.REFUND,
    "refund_failure": MoneyKind.REFUND_FAILED,
    "payment_failure_refund": MoneyKind.REFUND_FAILED,
    "dispute": MoneyKind.DISPUTE,
    "dispute_reversal": MoneyKind.DISPUTE_WON,
    "payout": JournalKind.PAYOUT,
    "payout_failure": JournalKind.PAYOUT_FAILED,
    "payout_cancel": JournalKind.PAYOUT_FAILED,
}


def is_thin(body: bytes) -> bool:
    """Return whether a message is one of Stripe's second kind, which tells of no payments."""
    try:
        found = json.loads(body)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("object") == "v2.core.event"


def plain(body: str) -> Any:
    """Return an answer's JSON with its fields as attributes."""
    return json.loads(body, object_hook=lambda found: SimpleNamespace(**found))


def event(message: Any) -> Event:
    """
    Return a message; what it says of money is left out, since it is looked up.

    Raises:
        ValueError: it is no message of the kind that tells of payments.
    """
    if message["object"] != "event":
        raise ValueError(message["object"])
    thing = message["data"]["object"]
    metadata = thing.get("metadata") or {}
    charge = thing["id"] if thing.get("object") == "charge" else thing.get("charge")
    return Event(
        id=message["id"],
        type=message["type"],
        object_id=str(thing.get("id", "")),
        attempt_hint=str(thing.get("client_reference_id") or metadata.get("attempt") or ""),
        livemode=bool(message["livemode"]),
        charge=str(charge or ""),
        account=str(message.get("account") or ""),
    )


def snapshot(found: Any, intent: Any, refunds: list[Any], disputes: list[Any]) -> Snapshot:
    """Return what a session with its PaymentIntent, refunds and disputes comes to."""
    captures: tuple[Movement, ...] = ()
    fees: tuple[Movement, ...] = ()
    failure = ""
    if intent is not None:
        charge = intent.latest_charge
        if intent.amount_received and charge is not None:
            captures = (Movement(charge.id, intent.amount_received, intent.currency),)
            fees = _fees([charge.balance_transaction])
        if intent.last_payment_error is not None:
            failure = intent.last_payment_error.code or "declined"
    return Snapshot(
        session=found.id,
        status=_status(found, intent),
        attempt=found.client_reference_id or "",
        captures=captures,
        refunds=tuple(refund(each) for each in refunds),
        failure=failure,
        fees=fees,
        disputes=tuple(dispute(each) for each in disputes),
    )


def refund(made: Any) -> Movement:
    """Return a refund; one made in the dashboard has no id of ours."""
    metadata = made.to_dict().get("metadata") or {}
    return Movement(
        made.id,
        made.amount,
        made.currency,
        state=made.status or "",
        charge=str(made.charge or ""),
        ours=str(metadata.get("refund", "")),
    )


def dispute(seen: Any) -> DisputeSeen:
    """
    Return a dispute; what was really taken and returned stands in its own balance rows.

    The charge may have been refunded before, so its amount says nothing about that.
    """
    rows = seen.balance_transactions
    due_by = seen.evidence_details.due_by
    return DisputeSeen(
        reference=seen.id,
        charge=str(seen.charge),
        amount_paise=seen.amount,
        reason=seen.reason,
        status=seen.status,
        due_by=datetime.fromtimestamp(due_by, UTC) if due_by else None,
        taken_paise=-sum(row.amount for row in rows if row.amount < 0),
        returned_paise=sum(row.amount for row in rows if row.amount > 0),
        fees=_fees(rows),
    )


def warning(seen: Any) -> DisputeSeen:
    """Return an early fraud warning: a dispute that may come, and no money yet."""
    return DisputeSeen(
        reference=seen.id,
        charge=str(seen.charge),
        amount_paise=0,
        reason=seen.fraud_type,
        status="fraud_warning",
    )


def balance_row(row: Any) -> BalanceRow:
    """Return a balance transaction."""
    name = row.reporting_category if row.type == "adjustment" else row.type
    return BalanceRow(
        reference=row.id,
        source=str(row.source or ""),
        kind=BALANCE_KINDS.get(name, ""),
        amount_paise=row.amount,
        fee_paise=row.fee,
        at=datetime.fromtimestamp(row.created, UTC),
    )


def payout(seen: Any) -> PayoutSeen:
    """Return a payout; a status that is new to us is one that is under way."""
    try:
        state = PayoutState(seen.status.replace("_", "-"))
    except ValueError:
        state = PayoutState.IN_TRANSIT
    return PayoutSeen(
        reference=seen.id,
        amount_paise=seen.amount,
        state=state,
        # The first moment of a day, in UTC
        arrives_on=datetime.fromtimestamp(seen.arrival_date, UTC).date(),
        made_at=datetime.fromtimestamp(seen.created, UTC),
        failure=seen.failure_code or "",
    )


def _fees(rows: list[Any]) -> tuple[Movement, ...]:
    """Return what Stripe kept; a charge has no balance row yet while its bank is asked."""
    known = [row for row in rows if row is not None]
    return tuple(Movement(row.id, row.fee, row.currency) for row in known if row.fee)


def _status(found: Any, intent: Any) -> SessionStatus:
    if found.status == "expired":
        return SessionStatus.EXPIRED
    if found.status == "open":
        return SessionStatus.OPEN
    if found.payment_status == "paid":
        return SessionStatus.COMPLETE
    if intent is not None and intent.status == "processing":
        return SessionStatus.PROCESSING
    return SessionStatus.FAILED
