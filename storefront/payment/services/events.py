"""Messages from the provider: verified, kept once, and then only a reason to look."""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db.models import F, Q, QuerySet

from storefront.core.inserted import insert_once
from storefront.core.services import count_refused
from storefront.payment.gateways.base import BadSignature, Event, Provider, UnknownThere
from storefront.payment.gateways.registry import gateway_of
from storefront.payment.models import PaymentAttempt, ProviderEvent
from storefront.payment.rules import EventState, MoneyKind
from storefront.payment.services.disputes import look_for_warnings
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sync import sync
from storefront.payment.services.to_our_bank import look_at_payout

logger = logging.getLogger(__name__)
MOST_TRIES = 10
WARNINGS, PAYOUTS = "radar.", "payout."
# What is said of a payment that went well
GOOD_NEWS = frozenset(["checkout.session.completed", "payment_intent.succeeded"])
WAITING = (EventState.RECEIVED, EventState.FAILED)
AT_ONCE = 200
# Twice as long after every failure: some three hours until a message is given up.
WAIT = timedelta(seconds=10)


def receive(*, provider: str, body: bytes, signature: str) -> ProviderEvent | None:
    """
    Keep a message from a provider; return it, or nothing if there is nothing to work.

    Raises:
        BadSignature: it is not the provider's, or signed but senseless; it is counted.
    """
    try:
        event = gateway_of(provider).verify(body, signature)
    except BadSignature as refused:
        count_refused("provider", refused.reason)
        raise
    row = keep(event, provider=provider)
    return row if row and row.state == EventState.RECEIVED else None


def keep(event: Event, *, provider: str) -> ProviderEvent | None:
    """Keep a message, however it was learnt of; return it, or nothing if it was known."""
    row = ProviderEvent(
        provider=provider,
        event_id=event.id,
        type=event.type[:80],
        object_id=event.object_id[:100],
        attempt_hint=event.attempt_hint[:40],
        charge=event.charge[:100],
        state=_first_state(event),
    )
    return next(iter(insert_once([row], by=["provider", "event_id"])), None)


def work(event_id: int) -> None:
    """
    Act on a kept message: look at the attempt or the payout it speaks of.

    A fault, whichever, is counted and the message tried again by the sweep until it is given
    up: one that cannot be worked must not keep the others waiting. A payment tells of itself in
    several messages, so one look answers all of them that had come before it.
    """
    row = ProviderEvent.objects.filter(pk=event_id, state__in=WAITING).first()
    if row is None:
        return
    try:
        is_ours = _act(row)
    except Exception as error:
        dead = row.tries + 1 >= MOST_TRIES
        logger.exception("message %s: %s", row, "given up" if dead else "tried again")
        _finish(row, EventState.DEAD if dead else EventState.FAILED, error=str(error))
        return
    _finish(row, EventState.DONE if is_ours else EventState.IGNORED)


def _act(row: ProviderEvent) -> bool:
    """Look at what a message speaks of; return whether it is anything of ours."""
    if row.type.startswith(PAYOUTS):
        look_at_payout(row.object_id, provider=row.provider)
        return True
    attempt = _attempt_of(row)
    if attempt is None:
        return False
    # Without its page an attempt is not looked at; another message may name the page.
    answered = _also_about(attempt, row) if attempt.provider_session else None
    sync(attempt)
    if answered is not None:
        answered.update(state=EventState.DONE, tries=F("tries") + 1)
    if row.type.startswith(WARNINGS):
        look_for_warnings(attempt)
    send_refunds()
    return True


def _also_about(attempt: PaymentAttempt, row: ProviderEvent) -> QuerySet[ProviderEvent]:
    """Return the other messages about an attempt that wait by now, and only for a look."""
    waiting = ProviderEvent.objects.filter(
        state=EventState.RECEIVED, attempt_hint=str(attempt.pk)
    ).exclude(pk=row.pk)
    found = waiting.exclude(type__startswith=WARNINGS).values_list("pk", flat=True)
    return ProviderEvent.objects.filter(pk__in=list(found), state=EventState.RECEIVED)


def work_waiting(*, now: datetime) -> int:
    """
    Act on the messages whose turn it is; return how many there were.

    Mostly the buyer came back by then, and their page looked at the provider: messages that only
    tell of what stands in our books are done, all at once.
    """
    rows = list(_due(now))
    booked = _answer_booked([row for row in rows if row.type in GOOD_NEWS])
    for row in rows:
        if row.pk not in booked:
            work(row.pk)
    return len(rows)


def _due(now: datetime) -> QuerySet[ProviderEvent]:
    turn = Q(tries=0)
    for tries in range(1, MOST_TRIES):
        turn |= Q(tries=tries, received_at__lte=now - WAIT * 2**tries)
    rows = ProviderEvent.objects.filter(turn, state__in=WAITING)
    return rows.order_by("received_at", "pk")[:AT_ONCE]


def _answer_booked(rows: Iterable[ProviderEvent]) -> set[int]:
    """Finish the messages of payments whose charge and fee are booked already; return them."""
    hints = {row.pk: _id_in(row.attempt_hint) for row in rows}
    booked = set(_booked(list({hint for hint in hints.values() if hint})))
    answered = {pk for pk, hint in hints.items() if hint in booked}
    if answered:
        known = ProviderEvent.objects.filter(pk__in=answered, state__in=WAITING)
        known.update(state=EventState.DONE, tries=F("tries") + 1)
    return answered


def _booked(attempts: list[uuid.UUID]) -> QuerySet[PaymentAttempt, uuid.UUID]:
    """Those attempts whose charge and fee are booked, and of which nothing goes back."""
    found = PaymentAttempt.objects.filter(pk__in=attempts, refunds=None)
    found = found.filter(money__kind=MoneyKind.CAPTURE).filter(money__kind=MoneyKind.FEE)
    return found.values_list("pk", flat=True)


def _first_state(event: Event) -> EventState:
    """Return where a message starts; one of the other mode (test or live) is not for us."""
    is_live = settings.STRIPE_SECRET_KEY.startswith(("sk_live", "rk_live"))
    if event.livemode == is_live and not event.account:
        return EventState.RECEIVED
    logger.error("message %s is of the other mode, or of account %r", event.id, event.account)
    return EventState.IGNORED


def _attempt_of(row: ProviderEvent) -> PaymentAttempt | None:
    """Return the attempt a message is about: by our own id, else by the session or the money."""
    attempt = _by_hint(row.attempt_hint)
    if attempt is None:
        attempt = _by_what_it_names(row)
    if attempt is None and row.charge:
        # Faster than the message about the payment itself: the charge knows whose it is.
        attempt = _by_hint(_owner(row))
    if attempt and not attempt.provider_session and row.object_id.startswith("cs_"):
        # The message was faster than our own note of the session.
        PaymentAttempt.objects.filter(pk=attempt.pk, provider_session=None).update(
            provider_session=row.object_id
        )
        attempt.refresh_from_db()
    return attempt


def _by_what_it_names(row: ProviderEvent) -> PaymentAttempt | None:
    """Return the attempt whose session, refund or money a message is about."""
    about = {row.object_id, row.charge} - {""}
    # One after the other: each is found by its index, and "one of them" by none.
    for where in ("provider_session", "refunds__provider_refund", "money__reference"):
        found = PaymentAttempt.objects.filter(**{f"{where}__in": about}).first()
        if found is not None:
            return found
    return None


def _by_hint(hint: str) -> PaymentAttempt | None:
    attempt = _id_in(hint)
    return PaymentAttempt.objects.filter(pk=attempt).first() if attempt else None


def _id_in(hint: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(hint)
    except ValueError:
        return None


def _owner(row: ProviderEvent) -> str:
    try:
        return cast(Provider, gateway_of(row.provider)).owner(row.charge)
    except UnknownThere:
        return ""


def _finish(row: ProviderEvent, state: EventState, *, error: str = "") -> None:
    row.state = state
    row.tries += 1
    row.error = error[:300]
    row.save(update_fields=["state", "tries", "error"])
