"""Which of a seller's money can be paid out, and how a batch and a payout move."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storefront.atlas.rules import fold_digits
from storefront.ledger.rules import Account, JournalKind
from storefront.order.rules import SellerOrderState

# The rights of staff: to see what sellers are paid, and to pay them.
MAY_SEE, MAY_ACT = "payouts.view_payoutbatch", "payouts.change_payoutbatch"
ARRIVED = frozenset({SellerOrderState.DELIVERED, SellerOrderState.CLOSED})
# What a bank calls its reference: 12 (IMPS), 16 (NEFT) or 22 characters (RTGS).
UTR_PATTERN = r"^[A-Z0-9]{8,22}$"
_NUMBER = re.compile(r"ZP([1-9]\d{0,17})")


class BatchState(StrEnum):
    """A batch of payouts on its way to the bank."""

    DRAFT = "draft"
    APPROVED = "approved"
    EXPORTED = "exported"
    CLOSED = "closed"


# Draft or approved → closed: every payout was taken out, and nothing went to the bank.
BATCH_MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.DRAFT: frozenset({BatchState.APPROVED, BatchState.CLOSED}),
    BatchState.APPROVED: frozenset({BatchState.EXPORTED, BatchState.CLOSED}),
    BatchState.EXPORTED: frozenset({BatchState.CLOSED}),
}


class PayoutState(StrEnum):
    """What one seller gets of a batch."""

    DUE = "due"
    PAID = "paid"
    FAILED = "failed"


# Paid → failed: the bank sent the money back.
PAYOUT_MOVES: dict[PayoutState, frozenset[PayoutState]] = {
    PayoutState.DUE: frozenset({PayoutState.PAID, PayoutState.FAILED}),
    PayoutState.PAID: frozenset({PayoutState.FAILED}),
}


class Standing(StrEnum):
    """Whether money of a part can be paid out, or why not yet."""

    READY = "ready"
    # A dispute, a refund that waits for a second person, or one nobody has allotted
    QUESTIONED = "questioned"
    NOT_ARRIVED = "not-arrived"
    MAY_COME_BACK = "may-come-back"


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days a parcel may come back, and the least that is paid at once, in paise."""

    days: int
    least_paise: int


@dataclass(frozen=True, slots=True)
class PartOwed:
    """What of a part no payout covers yet, in signed paise and by ids of entries; how far it is."""

    number: str
    paise: int
    entries: tuple[int, ...]
    state: SellerOrderState
    arrived_at: datetime | None
    is_questioned: bool


def payable_from(arrived_at: datetime, terms: Terms) -> datetime:
    """Return when a parcel that arrived then is paid for at the earliest."""
    return arrived_at + timedelta(days=terms.days)


def standing(part: PartOwed, *, now: datetime, terms: Terms) -> Standing:
    """Return whether a part can be paid out; of a cancelled one nothing is to arrive."""
    if part.is_questioned:
        return Standing.QUESTIONED
    if part.state == SellerOrderState.CANCELLED:
        return Standing.READY
    if part.state not in ARRIVED or part.arrived_at is None:
        return Standing.NOT_ARRIVED
    is_over = payable_from(part.arrived_at, terms) <= now
    return Standing.READY if is_over else Standing.MAY_COME_BACK


def payable(parts: Iterable[PartOwed], *, now: datetime, terms: Terms) -> list[PartOwed]:
    """
    Return the parts that a payout of one seller covers now; none if they come to too little.

    What the seller owes us goes first, whatever the part: it makes the payout smaller, and what
    is left of it stays for the next one.
    """
    covered = [
        part
        for part in parts
        if part.paise < 0 or standing(part, now=now, terms=terms) == Standing.READY
    ]
    return covered if sum(part.paise for part in covered) >= max(terms.least_paise, 1) else []


def number_of(payout_id: int) -> str:
    """Return a payout's number: what the bank's file and the seller's account statement show."""
    return f"ZP{payout_id}"


def clean_utr(text: str) -> str:
    """Return a bank's reference without blanks, in capitals, with Latin digits."""
    return "".join(fold_digits(text).split()).upper()


def is_utr(cleaned: str) -> bool:
    """Return whether this can be a bank's reference."""
    return bool(re.fullmatch(UTR_PATTERN, cleaned))


def read_utrs(text: str) -> tuple[dict[int, str], list[str]]:
    """
    Read lines of "number,UTR" as a bank's answer has them.

    Return references by ids of payouts, and the lines that make no sense: another shape, no
    reference, or a payout or reference that another line had.
    """
    found: dict[int, str] = {}
    senseless: list[str] = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        number, _, rest = re.sub(r"[,;\s]+", " ", fold_digits(line)).partition(" ")
        known, utr = _NUMBER.fullmatch(number.upper()), clean_utr(rest)
        payout_id = int(known[1]) if known else 0
        if not payout_id or not is_utr(utr) or payout_id in found or utr in found.values():
            senseless.append(line)
        else:
            found[payout_id] = utr
    return found, senseless


class Item(StrEnum):
    """A line of a seller's statement."""

    SOLD = "sold"
    TAKEN_BACK = "taken-back"
    COMMISSION = "commission"
    COMMISSION_GST = "commission-gst"
    TCS = "tcs"
    TDS = "tds"


# What is kept of a delivered part stands on these accounts, in the journal of its seller's entry.
DEDUCTIONS = {
    Account.COMMISSION: Item.COMMISSION,
    Account.GST_OUTPUT: Item.COMMISSION_GST,
    Account.TCS_PAYABLE: Item.TCS,
    Account.TDS_PAYABLE: Item.TDS,
}


def item_of(kind: JournalKind) -> Item:
    """Return what a journal that moved a seller's money, other than by deductions, is called."""
    return Item.SOLD if kind == JournalKind.SALE else Item.TAKEN_BACK
