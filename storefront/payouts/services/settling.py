"""What became of a payout: paid under the bank's reference, failed, or sent back by the bank."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.machine import IllegalMove, check_move
from storefront.core.refusals import Refusal
from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind
from storefront.ledger.services import post
from storefront.payouts.models import Payout, PayoutBatch
from storefront.payouts.rules import (
    PAYOUT_MOVES,
    BatchState,
    PayoutState,
    clean_utr,
    is_utr,
    number_of,
)
from storefront.payouts.services.batches import BatchMoved, lock_batch, move
from storefront.payouts.services.letters import tell_paid, tell_sent_back

LONGEST_REASON = 200
UNSENT = (BatchState.DRAFT, BatchState.APPROVED)


class UtrRefused(Refusal):
    """It cannot be the bank's reference of this transfer."""

    code = "utr-refused"


class ReasonMissing(Refusal):
    """Nobody said why a payout failed."""

    code = "reason-missing"


class PayoutMoved(Refusal):
    """Somebody was faster: the payout is not where this can be done."""

    code = "payout-moved"


class NoSuchPayout(Refusal):
    """The batch has no such payout."""

    code = "no-such-payout"


@transaction.atomic(durable=True)
def mark_paid(payout: Payout, *, utr: str, by: User, now: datetime) -> Payout:
    """
    Write down that the bank paid a seller, under its reference; asked twice with it, once.

    The bank did it, so it is booked also when something was taken back since the export: the
    seller then owes us, and the next payout is smaller.

    Raises:
        UtrRefused: it is no reference, or another payout's.
        PayoutMoved: it is paid under another reference, or failed.
        BatchMoved: the batch did not go to the bank.
    """
    batch = lock_batch(payout.batch_id)
    fresh = _pay(batch, payout.pk, utr, by=by, now=now)
    _close_if_settled(batch)
    return fresh


@transaction.atomic(durable=True)
def mark_all_paid(batch: PayoutBatch, *, utrs: Mapping[int, str], by: User, now: datetime) -> int:
    """
    Write down several payments of a batch, references by ids; all or none. Return how many.

    Raises:
        NoSuchPayout: an id is not of this batch.
        Whatever `mark_paid` raises.
    """
    fresh = lock_batch(batch.pk)
    for payout_id in sorted(utrs):
        _pay(fresh, payout_id, utrs[payout_id], by=by, now=now)
    _close_if_settled(fresh)
    return len(utrs)


@transaction.atomic(durable=True)
def mark_failed(
    payout: Payout, *, reason: str, seen: PayoutState, by: User, now: datetime
) -> Payout:
    """
    Write down that a seller did not get the money, so that the next batch pays it.

    `seen` is what the person saw: of a payout that is paid it means that the bank sent the money
    back, and its journal is turned round. Before the export it takes the seller out of the
    batch. Asked twice, it is done once.

    Raises:
        ReasonMissing: it does not say why.
        PayoutMoved: it is not any more as the person saw it.
    """
    batch = lock_batch(payout.batch_id)
    fresh = _fail(batch, payout.pk, reason, seen=seen, by=by, now=now)
    _close_if_settled(batch)
    return fresh


@transaction.atomic(durable=True)
def decline(batch: PayoutBatch, *, reason: str, by: User, now: datetime) -> PayoutBatch:
    """
    Say no to a batch before it goes to the bank: every seller is taken out; asked twice, once.

    Raises:
        ReasonMissing: it does not say why.
        BatchMoved: the bank has it.
    """
    fresh = lock_batch(batch.pk)
    if fresh.exported_at is not None:
        raise BatchMoved(gettext("This batch went to the bank already."))
    due = fresh.payouts.filter(state=PayoutState.DUE).order_by("pk")
    for payout_id in list(due.values_list("pk", flat=True)):
        _fail(fresh, payout_id, reason, seen=PayoutState.DUE, by=by, now=now)
    _close_if_settled(fresh)
    return fresh


def _pay(batch: PayoutBatch, payout_id: int, utr: str, *, by: User, now: datetime) -> Payout:
    reference, payout = clean_utr(utr), _find(batch, payout_id)
    if not is_utr(reference):
        raise UtrRefused(
            gettext("The bank's reference of %(number)s has 8 to 22 letters and digits.")
            % {"number": payout.number}
        )
    if payout.state == PayoutState.PAID and payout.utr == reference:
        return payout
    if batch.state in UNSENT:
        raise BatchMoved(gettext("This batch did not go to the bank yet."))
    _check_move(payout, PayoutState.PAID)
    payout.utr = reference
    try:
        with transaction.atomic():
            _settle(payout, PayoutState.PAID, "utr", by=by, now=now)
    except IntegrityError as error:
        raise UtrRefused(
            gettext("%(utr)s is the reference of another payout.") % {"utr": reference}
        ) from error
    post(
        JournalKind.SELLER_PAID,
        key=paid_key(payout.pk),
        postings=ledger.seller_paid(payout.seller_id, payout.amount_paise),
    )
    tell_paid(payout)
    return payout


def _fail(
    batch: PayoutBatch, payout_id: int, reason: str, *, seen: PayoutState, by: User, now: datetime
) -> Payout:
    payout, words = _find(batch, payout_id), _on_one_line(reason)
    if not words:
        raise ReasonMissing(gettext("Please say why the seller did not get the money."))
    if payout.state == PayoutState.FAILED:
        return payout
    if payout.state != seen:
        raise _moved(payout)
    if payout.state == PayoutState.PAID:
        paid = ledger.seller_paid(payout.seller_id, payout.amount_paise)
        post(
            JournalKind.SELLER_PAID,
            key=sent_back_key(payout.pk),
            postings=ledger.turned_round(paid),
        )
    payout.failure = words
    _settle(payout, PayoutState.FAILED, "failure", by=by, now=now)
    payout.lines.update(is_alive=False)
    if batch.state not in UNSENT:
        tell_sent_back(payout)
    return payout


def paid_key(payout_id: int) -> str:
    """Return the key of the journal of a payout that was paid."""
    return f"seller-payout:{payout_id}"


def sent_back_key(payout_id: int) -> str:
    """Return the key of the journal of a payout that the bank sent back."""
    return f"seller-payout-back:{payout_id}"


def _find(batch: PayoutBatch, payout_id: int) -> Payout:
    """Return a payout as it is now; the lock of its batch is its own."""
    payout = batch.payouts.select_related("seller").filter(pk=payout_id).first()
    if payout is None:
        raise NoSuchPayout(
            gettext("This batch has no payout %(number)s.") % {"number": number_of(payout_id)}
        )
    return payout


def _on_one_line(text: str) -> str:
    readable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(readable.split())[:LONGEST_REASON]


def _settle(payout: Payout, new: PayoutState, column: str, *, by: User, now: datetime) -> None:
    _check_move(payout, new)
    payout.state, payout.settled_by, payout.settled_at = new, by, now
    payout.save(update_fields=["state", "settled_by", "settled_at", column])


def _check_move(payout: Payout, new: PayoutState) -> None:
    try:
        check_move(PAYOUT_MOVES, old=PayoutState(payout.state), new=new)
    except IllegalMove as error:
        raise _moved(payout) from error


def _moved(payout: Payout) -> PayoutMoved:
    return PayoutMoved(
        gettext("Somebody was faster. Please look at payout %(number)s as it is now.")
        % {"number": payout.number}
    )


def _close_if_settled(batch: PayoutBatch) -> None:
    """Close a batch when the last of its payouts is settled; it stays so if the bank sends back."""
    is_open = batch.state != BatchState.CLOSED
    if is_open and not batch.payouts.filter(state=PayoutState.DUE).exists():
        move(batch, BatchState.CLOSED)
