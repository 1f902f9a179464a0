"""What buyers' banks say of charges: booked, noted on the order, told to its sellers."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import transaction

from storefront.accounts.models import User
from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind
from storefront.ledger.services import post
from storefront.notices import services as notices
from storefront.order.models import Order, OrderNote
from storefront.order.rules import SellerOrderState
from storefront.order.services import lock_order
from storefront.payment.gateways.base import DisputeSeen, Provider
from storefront.payment.gateways.registry import gateway_of
from storefront.payment.models import Dispute, PaymentAttempt
from storefront.payment.rules import DISPUTE_STATES, ON_HOLD, DisputeState, MoneyKind
from storefront.payment.services.books import book

UNSENT = (SellerOrderState.ACCEPTED, SellerOrderState.PACKED)
# Nobody was asked in which language sellers want their letters; it is the state's.
SELLERS_LANGUAGE = "hi"


def note_disputes(attempt: PaymentAttempt, seen: Iterable[DisputeSeen]) -> None:
    """Write down and book what banks say of an attempt's charges; with the order locked."""
    for each in seen:
        _note(attempt, each)


def look_for_warnings(attempt: PaymentAttempt) -> None:
    """Ask the provider for warnings of fraud, and keep what has not left in the house."""
    gateway = cast(Provider, gateway_of(attempt.provider))
    charges = attempt.money.filter(kind=MoneyKind.CAPTURE).values_list("reference", flat=True)
    seen = [warning for charge in charges for warning in gateway.warnings(charge)]
    with transaction.atomic(durable=True):
        lock_order(attempt.order_id)
        note_disputes(attempt, seen)


def release(dispute: Dispute, *, by: User | None, now: datetime) -> None:
    """Let an order go on although a bank asked about it; a person decided so."""
    with transaction.atomic(durable=True):
        order = lock_order(dispute.order_id)
        waiting = Dispute.objects.filter(pk=dispute.pk, released_at=None)
        if waiting.update(released_at=now, released_by=by):
            _write_note(order, f"Hold released: {dispute.reason}.", by=by)


def _note(attempt: PaymentAttempt, seen: DisputeSeen) -> None:
    state = DISPUTE_STATES.get(seen.status, DisputeState.OPEN)
    known = {
        "amount_paise": seen.amount_paise,
        "reason": seen.reason[:60],
        "state": state,
        "status": seen.status[:40],
        "due_by": seen.due_by,
    }
    ids = {"order_id": attempt.order_id, "attempt": attempt, "charge": seen.charge}
    before = Dispute.objects.filter(provider=attempt.provider, reference=seen.reference).first()
    Dispute.objects.update_or_create(
        provider=attempt.provider,
        reference=seen.reference,
        defaults=known,
        create_defaults=known | ids,
    )
    _book(attempt, seen, state)
    if before is None and state in ON_HOLD:
        _hold(attempt.order, seen)
    elif before is None or before.status != seen.status:
        _write_note(attempt.order, f"Dispute {seen.reference}: {seen.status}.")


def _book(attempt: PaymentAttempt, seen: DisputeSeen, state: DisputeState) -> None:
    taken, returned = seen.taken_paise, seen.returned_paise
    if taken:
        book(attempt, MoneyKind.DISPUTE, reference=seen.reference, paise=-taken)
    if returned:
        book(attempt, MoneyKind.DISPUTE_WON, reference=seen.reference, paise=returned)
    for fee in seen.fees:
        book(attempt, MoneyKind.FEE, reference=fee.reference, paise=-fee.amount_paise)
    if state == DisputeState.LOST:
        post(
            JournalKind.DISPUTE_LOST,
            key=f"dispute-lost:{attempt.provider}:{seen.reference}",
            postings=ledger.dispute_lost(taken - returned),
            order=attempt.order,
        )


def _hold(order: Order, seen: DisputeSeen) -> None:
    """Say on the order and to its sellers that what has not left must stay."""
    _write_note(order, f"On hold: {seen.status}, {seen.reason}. Nothing more may be sent.")
    for part in order.seller_orders.filter(state__in=UNSENT).order_by("pk"):
        context = {
            "number": part.number,
            "url": f"{settings.SHOP_URL}/seller/orders/{part.number}/",
        }
        for email in part.seller.users.order_by("pk").values_list("email", flat=True):
            notices.write("order_on_hold", to=email, language=SELLERS_LANGUAGE, context=context)


def _write_note(order: Order, text: str, *, by: User | None = None) -> None:
    """Write a note that Oscar's dashboard shows beside the order."""
    OrderNote.objects.create(order=order, user=by, message=text, note_type=OrderNote.SYSTEM)
