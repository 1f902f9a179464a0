"""Messages as a provider sends them, and as the shop keeps them."""

import json
import time
from typing import Any

import stripe
from django.test import Client

from storefront.checkout.services import Placed
from storefront.payment.models import PaymentAttempt, ProviderEvent
from tests.payment.steps import attempt_of


def signed(body: bytes, secret: str = "whsec_zila_offline") -> str:
    sign = stripe.WebhookSignature.generate_signature_header
    return str(sign(body.decode(), secret, int(time.time())))


def completed(placed: Placed, *, name: str = "evt_1") -> bytes:
    attempt = attempt_of(placed)
    thing = {
        "id": attempt.provider_session,
        "object": "checkout.session",
        "client_reference_id": str(attempt.pk),
    }
    event = {
        "id": name,
        "object": "event",
        "type": "checkout.session.completed",
        "created": int(time.time()),
        "livemode": False,
        "data": {"object": thing},
    }
    return json.dumps(event).encode()


def send(client: Client, body: bytes, signature: str) -> int:
    return client.post(
        "/webhooks/stripe/",
        data=body,
        content_type="application/json",
        headers={"stripe-signature": signature},
    ).status_code


def make_event(attempt: PaymentAttempt | None = None, **facts: Any) -> ProviderEvent:
    """Keep a message that nobody acted on yet."""
    known = {
        "provider": "stripe",
        "event_id": f"evt_{ProviderEvent.objects.count()}",
        "type": "checkout.session.completed",
        "attempt_hint": str(attempt.pk) if attempt else "",
    }
    return ProviderEvent.objects.create(**(known | facts))
