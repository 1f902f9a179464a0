"""The one way an attempt learns the truth: look at the provider, then write it down."""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from storefront.core.clock import now as clock_now
from storefront.core.inserted import change
from storefront.core.money import from_paise, grouped
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import confirm, letter_context, lock_order, revive, write_to_buyer
from storefront.payment.gateways.base import Movement, SessionStatus, Snapshot
from storefront.payment.gateways.registry import gateway_of
from storefront.payment.models import PaymentAttempt, Refund
from storefront.payment.queries import attempts_of, kept_charge, refunds_of_charge, standing
from storefront.payment.rules import ATTEMPT_MOVES, LIVE, AttemptState, MoneyKind, RefundState
from storefront.payment.services.books import PAID, book, book_all, book_first_sale, book_sale
from storefront.payment.services.disputes import note_disputes
from storefront.payment.services.outside import EXTERNAL, refund_of
from storefront.payment.services.promises import drop_promise, due_online
from storefront.stock.services import SoldOut

logger = logging.getLogger(__name__)
STATE_OF = {
    SessionStatus.OPEN: AttemptState.OPEN,
    SessionStatus.PROCESSING: AttemptState.PROCESSING,
    SessionStatus.COMPLETE: AttemptState.CAPTURED,
    SessionStatus.FAILED: AttemptState.FAILED,
    SessionStatus.EXPIRED: AttemptState.EXPIRED,
}
REFUND_STATE = {
    "pending": RefundState.PENDING,
    "requires_action": RefundState.PENDING,
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
POLL_AGAIN = timedelta(minutes=5)


def sync(attempt: PaymentAttempt, *, is_awaited: bool = False) -> PaymentAttempt:
    """
    Bring an attempt, its order and the money rows up to what the provider says now.

    Return page, webhook and sweep all call this; called any number of times, in any order
    and at once, it comes to the same. No transaction may be open. `is_awaited`: somebody looks
    at the screen until it is done, so a slow provider counts as one that is down.

    Raises:
        GatewayDown: the provider cannot be asked now.
        GatewayRefused: it does not know the attempt, or the shop the provider.
    """
    if not attempt.provider_session:
        return attempt
    gateway = gateway_of(attempt.provider)
    snapshot = gateway.fetch(
        attempt.provider_session, is_awaited=is_awaited, is_first=attempt.state in LIVE
    )
    now = clock_now()
    with transaction.atomic(durable=True):
        order = lock_order(attempt.order_id)
        attempts = {each.pk: each for each in attempts_of(order)}
        fresh, promise = attempts[attempt.pk], standing(attempts.values())
        fresh.order = order
        untouched = _book_money(order, fresh, snapshot)
        _follow(fresh, snapshot, now)
        _decide(order, fresh, snapshot, promise, untouched, now)
    return fresh


def _book_money(order: Order, attempt: PaymentAttempt, snapshot: Snapshot) -> set[str]:
    """Book what moved; return the charges that nobody knew of, and of which nothing goes back."""
    kept = _kept_charge(order) if snapshot.refunds else None
    charged = [(MoneyKind.CAPTURE, row.reference, row.amount_paise) for row in snapshot.captures]
    fees = [(MoneyKind.FEE, row.reference, -row.amount_paise) for row in snapshot.fees]
    new = book_all(attempt, [*charged, *fees])
    for refund in snapshot.refunds:
        _book_refund(refund_of(attempt, refund, kept=kept), refund)
    note_disputes(attempt, snapshot.disputes)
    return set() if snapshot.refunds else {row.reference for row in new if row.kind in PAID}


def _book_refund(refund: Refund, seen: Movement) -> None:
    """Book a refund, and that it came back; once it has, an older look changes nothing."""
    state = REFUND_STATE.get(seen.state, RefundState.REVIEW)
    attempt, paise = refund.attempt, seen.amount_paise
    book(attempt, MoneyKind.REFUND, reference=seen.reference, paise=-paise)
    if state == RefundState.FAILED:
        is_news = book(attempt, MoneyKind.REFUND_FAILED, reference=seen.reference, paise=paise)
        if is_news:
            _tell("refund_failed", attempt.order, paise)
    final = [RefundState.FAILED]
    if state == RefundState.PENDING:
        final.append(RefundState.SUCCEEDED)
    Refund.objects.filter(pk=refund.pk).exclude(state__in=final).update(state=state)


def _follow(attempt: PaymentAttempt, snapshot: Snapshot, now: datetime) -> None:
    """
    Move the attempt to where the provider stands; a look that is older than ours moves nothing.

    Two looks at once may be written down in either order, and the money of both must be booked.
    """
    new, old = STATE_OF[snapshot.status], AttemptState(attempt.state)
    state, failure = old, attempt.failure
    if new == old or new in ATTEMPT_MOVES[old]:
        state, failure = new, snapshot.failure[:60]
    # While a page was open there was no charge yet, and so no refund of ours.
    may_have_refunds = old not in LIVE or bool(snapshot.refunds)
    is_moving = state in LIVE or (may_have_refunds and _has_pending_refunds(attempt))
    again = now + POLL_AGAIN if is_moving else None
    change([attempt], state=state, failure=failure, next_sync_at=again, updated_at=now)


def _has_pending_refunds(attempt: PaymentAttempt) -> bool:
    return attempt.refunds.filter(state=RefundState.PENDING).exists()


def _decide(
    order: Order,
    attempt: PaymentAttempt,
    snapshot: Snapshot,
    promise: PaymentAttempt | None,
    untouched: Collection[str],
    now: datetime,
) -> None:
    """Give every captured rupee a meaning: it pays this order, or it goes back."""
    kept = _kept_charge(order)
    for capture in snapshot.captures:
        if capture.reference == kept:
            continue
        is_untouched = capture.reference in untouched
        refunds = [] if is_untouched else list(refunds_of_charge(capture.reference))
        if any(refund.automatic_for == capture.reference for refund in refunds):
            continue  # it is going back
        fits = capture.amount_paise == attempt.amount_paise and capture.currency == "inr"
        given_back = _given_back(refunds)
        is_price = attempt.amount_paise == due_online(order, promise)
        is_it = kept is None and fits and is_price and not given_back
        if is_it and _accept(order, promise, now):
            kept = capture.reference
        elif capture.amount_paise > given_back:
            _send_back(attempt, capture, capture.amount_paise - given_back, fits=fits)


def _send_back(attempt: PaymentAttempt, capture: Movement, paise: int, *, fits: bool) -> None:
    """Write a refund of what pays nothing, once a charge."""
    if not fits:
        logger.error("wrong amount: %s of %s", capture.reference, attempt.order)
    Refund.objects.create(
        order=attempt.order,
        attempt=attempt,
        charge=capture.reference,
        amount_paise=paise,
        reason="not-needed" if fits else "wrong-amount",
        automatic_for=capture.reference,
    )
    _tell("money_back", attempt.order, paise)


def _tell(letter: str, order: Order, paise: int) -> None:
    """Write to the buyer about an amount."""
    write_to_buyer(order, letter, letter_context(order) | {"amount": grouped(from_paise(paise))})


def _given_back(refunds: Iterable[Refund]) -> int:
    """Return how many paise of a charge a person gave back before the shop knew of it."""
    return sum(
        refund.amount_paise
        for refund in refunds
        if refund.reason == EXTERNAL and refund.state != RefundState.FAILED
    )


def _accept(order: Order, promise: PaymentAttempt | None, now: datetime) -> bool:
    """Let money pay an order, if it waits for any; a promise to pay at the door falls away."""
    is_instead = drop_promise(order, promise)
    if order.status == OrderState.CONFIRMED and is_instead:
        book_sale(order)
        write_to_buyer(order, "paid_instead", letter_context(order))
        return True
    if order.status == OrderState.PENDING_PAYMENT:
        book_first_sale(order, confirm(order, now=now, reason="paid"))
        return True
    # What a person took back of a paid order stays taken back, whatever comes late.
    if order.status == OrderState.CANCELLED and not order.cancellations.exists():
        try:
            revive(order, now=now)
        except SoldOut:
            return False
        book_sale(order)
        return True
    return False


def _kept_charge(order: Order) -> str | None:
    kept = kept_charge(order)
    return kept.reference if kept else None
