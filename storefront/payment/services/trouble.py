"""What staff do about messages, refunds and differences that no job could settle."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from storefront.accounts.models import User
from storefront.core.money import from_paise, grouped
from storefront.ledger import rules as ledger
from storefront.ledger.rules import Account, JournalKind
from storefront.ledger.services import post
from storefront.order.models import OrderNote
from storefront.order.services import lock_order
from storefront.payment.models import Difference, ProviderEvent, ProviderPayout, Refund
from storefront.payment.queries import CASH, is_had_already, payouts_to_see_to
from storefront.payment.rules import EventState, RefundState
from storefront.payment.services.books import book_not_needed


def retry_event(event: ProviderEvent) -> bool:
    """Let a message that was given up be worked again; return whether it was given up."""
    given_up = ProviderEvent.objects.filter(pk=event.pk, state=EventState.DEAD)
    return bool(given_up.update(state=EventState.RECEIVED, tries=0))


def retry_refund(refund: Refund, *, by: User | None, now: datetime) -> bool:
    """
    Try a refund again; asked twice, it is tried once. Return whether it will be.

    The provider remembers one that failed under its key, so that one is written anew.
    """
    with transaction.atomic(durable=True):
        lock_order(refund.order_id)
        fresh = Refund.objects.get(pk=refund.pk)
        if fresh.settled_at:
            return False
        if fresh.state == RefundState.REVIEW:
            return bool(Refund.objects.filter(pk=fresh.pk).update(state=RefundState.NEW))
        if fresh.state != RefundState.FAILED:
            return False
        Refund.objects.create(
            order_id=fresh.order_id,
            attempt_id=fresh.attempt_id,
            charge=fresh.charge,
            amount_paise=fresh.amount_paise,
            reason=fresh.reason,
            requested_by=by,
            again_for=fresh,
        )
        Refund.objects.filter(pk=fresh.pk).update(settled_at=now)
        return True


def paid_by_bank(refund: Refund, *, now: datetime) -> bool:
    """
    Note that a buyer got money by bank transfer, once.

    That of a refund that came back, or cash: no provider can give that back.
    """
    with transaction.atomic(durable=True):
        order = lock_order(refund.order_id)
        waits = Q(state=RefundState.FAILED) | Q(state=RefundState.REVIEW, attempt__provider=CASH)
        waiting = Refund.objects.filter(waits, pk=refund.pk, settled_at=None)
        if not waiting.update(settled_at=now):
            return False
        return post(
            JournalKind.MONEY_OUT,
            key=f"refund-by-bank:{refund.pk}",
            postings=ledger.money_out(refund.amount_paise, out_of=Account.BANK),
            order=order,
        )


def not_needed(refund: Refund, *, by: User | None) -> bool:
    """
    Note that a refused refund of a cancellation is not needed, once; return whether it was so.

    That is if the buyer has the money already: from the provider's dashboard, or from the bank.
    """
    with transaction.atomic(durable=True):
        lock_order(refund.order_id)
        fresh = Refund.objects.select_related("order", "cancellation").get(pk=refund.pk)
        if fresh.state != RefundState.REVIEW or not is_had_already(fresh):
            return False
        Refund.objects.filter(pk=fresh.pk).update(state=RefundState.DECLINED)
        book_not_needed(fresh)
        amount = grouped(from_paise(fresh.amount_paise))
        OrderNote.objects.create(
            order=fresh.order,
            user=by,
            note_type=OrderNote.SYSTEM,
            message=f"Refund of {amount}: not needed, the buyer has the money.",
        )
        return True


def settle_difference(difference: Difference, *, by: User | None, now: datetime) -> bool:
    """Note that a person saw to a difference."""
    waiting = Difference.objects.filter(pk=difference.pk, settled_at=None)
    return bool(waiting.update(settled_at=now, settled_by=by))


def settle_payout(payout: ProviderPayout, *, by: User | None, now: datetime) -> bool:
    """Note that a person saw to a payout that our bank did not keep; return whether it waited."""
    return bool(payouts_to_see_to().filter(pk=payout.pk).update(settled_at=now, settled_by=by))
