"""Messages from the provider: verified, kept once, and then only a reason to look."""

import uuid

from django.conf import settings
from django.db import transaction

from storefront.payment.gateways.base import Event, GatewayDown
from storefront.payment.models import PaymentAttempt, ProviderEvent
from storefront.payment.rules import EventState
from storefront.payment.services.attempts import gateway
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sync import sync

MOST_TRIES = 10


def receive(*, body: bytes, signature: str) -> ProviderEvent | None:
    """
    Keep a message from the provider; return it, or nothing if it was known already.

    Raises:
        BadSignature: it is not the provider's.
    """
    event = gateway().verify(body, signature)
    row, is_new = ProviderEvent.objects.get_or_create(
        provider=gateway().name,
        event_id=event.id,
        defaults={
            "type": event.type[:80],
            "object_id": event.object_id[:100],
            "attempt_hint": event.attempt_hint[:40],
            "state": _first_state(event),
        },
    )
    return row if is_new else None


def work(event_id: int) -> None:
    """
    Act on a kept message: look at the attempt it speaks of.

    A fault is counted and the message tried again by the sweep, until it is given up.
    """
    row = ProviderEvent.objects.filter(
        pk=event_id, state__in=[EventState.RECEIVED, EventState.FAILED]
    ).first()
    if row is None:
        return
    attempt = _attempt_of(row)
    if attempt is None:
        _finish(row, EventState.IGNORED)
        return
    try:
        sync(attempt)
        send_refunds()
    except GatewayDown as error:
        dead = row.tries + 1 >= MOST_TRIES
        _finish(row, EventState.DEAD if dead else EventState.FAILED, error=str(error))
        return
    _finish(row, EventState.DONE)


def waiting() -> list[int]:
    """Return the messages nobody acted on yet, the oldest first."""
    rows = ProviderEvent.objects.filter(state__in=[EventState.RECEIVED, EventState.FAILED])
    return list(rows.order_by("received_at", "pk").values_list("pk", flat=True)[:200])


def _first_state(event: Event) -> EventState:
    """Return where a message starts; one of the other mode (test or live) is not for us."""
    is_live = settings.STRIPE_SECRET_KEY.startswith(("sk_live", "rk_live"))
    return EventState.RECEIVED if event.livemode == is_live else EventState.IGNORED


def _attempt_of(row: ProviderEvent) -> PaymentAttempt | None:
    """Return the attempt a message is about: by our own id, else by the session's."""
    try:
        hint = uuid.UUID(row.attempt_hint)
    except ValueError:
        return PaymentAttempt.objects.filter(provider_session=row.object_id or None).first()
    attempt = PaymentAttempt.objects.filter(pk=hint).first()
    if attempt and not attempt.provider_session and row.object_id.startswith("cs_"):
        # The message was faster than our own note of the session.
        PaymentAttempt.objects.filter(pk=hint, provider_session=None).update(
            provider_session=row.object_id
        )
        attempt.refresh_from_db()
    return attempt


@transaction.atomic
def _finish(row: ProviderEvent, state: EventState, *, error: str = "") -> None:
    row.state = state
    row.tries += 1
    row.error = error[:300]
    row.save(update_fields=["state", "tries", "error"])
