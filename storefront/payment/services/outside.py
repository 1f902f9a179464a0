"""Which of our refunds one at the provider is; one that is none was made in its dashboard."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F

from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind
from storefront.ledger.services import post
from storefront.order.models import SellerOrder
from storefront.order.services import lock_order
from storefront.payment.gateways.base import Movement
from storefront.payment.models import MoneyMovement, PaymentAttempt, Refund
from storefront.payment.rules import MoneyKind, RefundState
from storefront.payment.services.books import allotted_to, back_before

EXTERNAL = "external"
UNSENT = (RefundState.NEW, RefundState.REVIEW)


def refund_of(attempt: PaymentAttempt, seen: Movement, *, kept: str | None) -> Refund:
    """
    Return our row of a refund at the provider; called with the order locked.

    `kept` is the charge that pays the order. What a person gave back of it in the provider's
    dashboard is the shop's goodwill until somebody allots it to a seller's part.
    """
    known = Refund.objects.filter(provider_refund=seen.reference).first()
    if known is not None:
        return known
    mine = _sent_by_us(attempt, seen) or _meant_already(attempt, seen)
    if mine is not None:
        mine.provider_refund = seen.reference
        mine.save(update_fields=["provider_refund"])
        return mine
    return _from_outside(attempt, seen, kept=kept)


def allot(refund: Refund, *, part: SellerOrder | None, now: datetime) -> None:
    """Say who bears a refund made elsewhere: a seller's part, or (none) the shop, for good."""
    with transaction.atomic(durable=True):
        order = lock_order(refund.order_id)
        fresh = Refund.objects.get(pk=refund.pk)
        if fresh.settled_at or fresh.reason != EXTERNAL:
            return
        fresh.settled_at, fresh.allotted_to = now, part
        fresh.save(update_fields=["settled_at", "allotted_to"])
        if part is None:
            return
        # What of it a cancellation of the part has taken up already is borne by nobody.
        taken_up = back_before(part)
        borne = allotted_to(part)
        before = min(taken_up, borne - fresh.amount_paise)
        paise = fresh.amount_paise - (min(taken_up, borne) - before)
        sold_less = ledger.sale_undone({part.seller_id: paise})
        no_gift = ledger.turned_round(ledger.goodwill(paise))
        post(
            JournalKind.SALE_UNDONE,
            key=f"allotted:{fresh.pk}",
            postings=[*sold_less, *no_gift],
            order=order,
        )


def _sent_by_us(attempt: PaymentAttempt, seen: Movement) -> Refund | None:
    """Return the row whose answer was lost: the provider keeps our own id with the refund."""
    try:
        ours = uuid.UUID(seen.ours)
    except ValueError:
        return None
    return Refund.objects.filter(pk=ours, attempt=attempt, provider_refund=None).first()


def _meant_already(attempt: PaymentAttempt, seen: Movement) -> Refund | None:
    """Return the shop's own refund of the same money, if a person was faster than the worker."""
    ours = Refund.objects.exclude(automatic_for=None, cancellation=None)
    return ours.filter(
        attempt=attempt,
        charge=seen.charge,
        amount_paise=seen.amount_paise,
        state__in=UNSENT,
        provider_refund=None,
    ).first()


def _from_outside(attempt: PaymentAttempt, seen: Movement, *, kept: str | None) -> Refund:
    pays_the_order = seen.charge == kept
    refund = Refund(
        order_id=attempt.order_id,
        attempt=attempt,
        charge=seen.charge,
        amount_paise=seen.amount_paise,
        reason=EXTERNAL,
        state=RefundState.PENDING,
        provider_refund=seen.reference,
    )
    if not pays_the_order and _is_all_of(seen) and not _is_going_back(seen.charge):
        refund.automatic_for = seen.charge
    refund.save(force_insert=True)
    _send_less(seen)
    if pays_the_order:
        post(
            JournalKind.GOODWILL,
            key=f"goodwill:{refund.pk}",
            postings=ledger.goodwill(refund.amount_paise),
            order=attempt.order,
        )
    return refund


def _send_less(seen: Movement) -> None:
    """Take what a person gave back off the shop's own refund of the same charge, if it waits."""
    waits = Refund.objects.filter(automatic_for=seen.charge, state__in=UNSENT, provider_refund=None)
    waits.filter(amount_paise__gt=seen.amount_paise).update(
        amount_paise=F("amount_paise") - seen.amount_paise, state=RefundState.NEW
    )


def _is_all_of(seen: Movement) -> bool:
    return MoneyMovement.objects.filter(
        kind=MoneyKind.CAPTURE, reference=seen.charge, amount_paise=seen.amount_paise
    ).exists()


def _is_going_back(charge: str) -> bool:
    return Refund.objects.filter(automatic_for=charge).exists()
