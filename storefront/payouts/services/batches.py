"""A batch's way to the bank: drafted by one person, approved by another, written as a file."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.machine import IllegalMove, check_move
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.partner.models import Partner
from storefront.payouts.models import Payout, PayoutBatch, PayoutLine
from storefront.payouts.queries import not_covered, open_entries, parts_owed, terms_now
from storefront.payouts.rules import BATCH_MOVES, BatchState, PartOwed, PayoutState, payable

COLUMNS = ("seller", "name", "amount", "reference")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NothingToPay(Refusal):
    """No seller is owed enough that can be paid out now."""

    code = "nothing-to-pay"


class BatchMoved(Refusal):
    """Somebody was faster: the batch is not where this can be done."""

    code = "payout-batch-moved"


class OwnBatch(Refusal):
    """Nobody approves what they made."""

    code = "own-payout-batch"


class NotCovered(Refusal):
    """A seller is owed less than when the batch was made, or an order of theirs is in question."""

    code = "payout-not-covered"


@transaction.atomic(durable=True)
def draft_batch(*, by: User, now: datetime) -> PayoutBatch:
    """
    Make a batch of all that can be paid out now; what it covers is in no other batch.

    Raises:
        NothingToPay: that is nothing.
    """
    locked = lock_sellers(open_entries().values("seller"))
    owed, terms = parts_owed(open_entries().filter(seller__in=locked)), terms_now()
    found = {
        seller: covered
        for seller, parts in sorted(owed.items())
        if (covered := payable(parts, now=now, terms=terms))
    }
    if not found:
        raise NothingToPay(gettext("There is nothing that can be paid out now."))
    batch = PayoutBatch.objects.create(made_by=by, made_at=now)
    payouts = Payout.objects.bulk_create(
        Payout(batch=batch, seller_id=seller, amount_paise=sum(part.paise for part in parts))
        for seller, parts in found.items()
    )
    PayoutLine.objects.bulk_create(
        PayoutLine(payout=payout, entry_id=entry)
        for payout, parts in zip(payouts, found.values(), strict=True)
        for entry in _entries(parts)
    )
    return batch


@transaction.atomic(durable=True)
def approve(batch: PayoutBatch, *, by: User, now: datetime) -> PayoutBatch:
    """
    Say yes to a batch that somebody else made; asked twice by the same person, once.

    Raises:
        OwnBatch: the person made it.
        NotCovered: more would go to a seller than is owed.
        BatchMoved: it is approved or declined already.
    """
    fresh = lock_batch(batch.pk)
    if fresh.state == BatchState.APPROVED and fresh.approved_by_id == by.pk:
        return fresh
    if fresh.made_by_id == by.pk:
        raise OwnBatch(gettext("Somebody else has to approve what you made."))
    _check_covered(fresh, BatchState.APPROVED)
    fresh.approved_by, fresh.approved_at = by, now
    move(fresh, BatchState.APPROVED, "approved_by", "approved_at")
    return fresh


@transaction.atomic(durable=True)
def export(batch: PayoutBatch, *, by: User, now: datetime) -> str:
    """
    Return what the bank has to pay as CSV: number and name of the seller, rupees, our reference.

    Bank details are not in it: the bank keeps them in its list of beneficiaries. From the first
    time on the money counts as sent. Asked again, the file has what is still due.

    Raises:
        NotCovered: more would go to a seller than is owed.
        BatchMoved: the batch is not approved, or is closed.
    """
    fresh = lock_batch(batch.pk)
    if fresh.state != BatchState.EXPORTED:
        _check_covered(fresh, BatchState.EXPORTED)
        fresh.exported_by, fresh.exported_at = by, now
        move(fresh, BatchState.EXPORTED, "exported_by", "exported_at")
    due = fresh.payouts.filter(state=PayoutState.DUE).select_related("seller").order_by("pk")
    return _as_csv(due)


def lock_batch(batch_id: int) -> PayoutBatch:
    """Lock a batch until the transaction ends, and after it the sellers whom it pays."""
    batch = PayoutBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    lock_sellers(batch.payouts.values("seller"))
    return batch


def lock_sellers(ids: Any) -> list[int]:
    """Let nobody else make or move payouts of these sellers; their orders go on. Return ids."""
    sellers = Partner.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    return list(sellers.order_by("pk").values_list("pk", flat=True))


def move(batch: PayoutBatch, new: BatchState, *columns: str) -> None:
    """
    Move a locked batch.

    Raises:
        BatchMoved: it is not in a state from which it can.
    """
    _check_move(batch, new)
    batch.state = new
    batch.save(update_fields=["state", *columns])


def _check_move(batch: PayoutBatch, new: BatchState) -> None:
    try:
        check_move(BATCH_MOVES, old=BatchState(batch.state), new=new)
    except IllegalMove as error:
        raise BatchMoved(
            gettext("Somebody was faster. Please look at this batch as it is now.")
        ) from error


def _check_covered(batch: PayoutBatch, new: BatchState) -> None:
    """Look once more at what is owed, if the batch may move there at all; refunds wait for it."""
    _check_move(batch, new)
    covered = PayoutLine.objects.filter(payout__batch=batch, is_alive=True)
    orders = Order.objects.select_for_update(of=("self",)).filter(
        pk__in=covered.values("entry__journal__order")
    )
    list(orders.order_by("pk").values_list("pk", flat=True))
    found = not_covered(batch)
    if found:
        names = ", ".join(f"{each.number} ({each.seller.name})" for each in found)
        raise NotCovered(
            gettext(
                "Something was taken back or is in question since this batch was made. "
                "Please take out: %(names)s."
            )
            % {"names": names}
        )


def _entries(parts: Iterable[PartOwed]) -> list[int]:
    return sorted(entry for part in parts for entry in part.entries)


def _as_csv(payouts: Iterable[Payout]) -> str:
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    # Banks read no Devanagari.
    with translation.override("en"):
        for each in payouts:
            name = each.seller.name
            safe = f"'{name}" if name.startswith(_FORMULA) else name
            rows.writerow([each.seller_id, safe, f"{each.amount:f}", each.number])
    return file.getvalue()
