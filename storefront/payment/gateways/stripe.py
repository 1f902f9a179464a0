"""Stripe's hosted Checkout: the only module that speaks to Stripe."""

import re
import time
from typing import Any

import stripe
from django.conf import settings

from storefront.payment.gateways.base import (
    BadSignature,
    Event,
    GatewayDown,
    GatewayRefused,
    Movement,
    PageRequest,
    Session,
    SessionStatus,
    Snapshot,
    UnknownThere,
)

# The SDK's own version: its types, and the offline double, are of exactly this one.
API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = (3.05, 15)
LARGEST_MESSAGE = 256 * 1024
# The SDK accepts messages from the future; a clock that far ahead is not Stripe's.
AHEAD_SECONDS = 300
SERVER_FAULT = 500
SIGNED_AT = re.compile(r"\bt=(\d{1,15})\b")
EXPAND = ["payment_intent.latest_charge.balance_transaction"]

stripe.enable_telemetry = False


def _client() -> stripe.StripeClient:
    addresses: Any = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else {}
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        stripe_version=API_VERSION,
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        base_addresses=addresses,
    )


class StripeGateway:
    """Stripe, or the offline Stripe: the same code with another address."""

    name = "stripe"

    def request(self, page: PageRequest) -> dict[str, Any]:
        """Return the body of a Checkout Session: one line with our own total."""
        ids = {"order": page.order_number, "attempt": page.attempt}
        return {
            "mode": "payment",
            "ui_mode": "hosted_page",
            "locale": "hi-IN" if page.language == "hi" else "en",
            "client_reference_id": page.attempt,
            "customer_email": page.email,
            "success_url": page.success_url,
            "cancel_url": page.cancel_url,
            "expires_at": int(page.expires_at.timestamp()),
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "inr",
                        "unit_amount": page.amount_paise,
                        "product_data": {"name": f"Zila {page.order_number} ({page.pieces})"},
                    },
                }
            ],
            "metadata": ids,
            "payment_intent_data": {
                "description": f"Zila {page.order_number}",
                "metadata": ids,
                "shipping": {
                    "name": page.name,
                    "phone": page.phone,
                    # Stripe takes an empty value for a wish to remove it, and refuses.
                    "address": {name: text for name, text in page.address.items() if text},
                },
            },
        }

    def create(self, request: dict[str, Any], *, key: str) -> Session:
        """Open a Checkout Session; the same key and body give the same session."""
        params: Any = request
        try:
            made = _client().v1.checkout.sessions.create(params, {"idempotency_key": key})
        except stripe.StripeError as error:
            if error.http_status == SERVER_FAULT:
                # Kept under the key for a day: only another key gets another answer.
                raise GatewayRefused("server-fault") from error
            raise _refusal(error) from error
        return Session(reference=made.id, url=made.url or "")

    def fetch(self, session: str) -> Snapshot:
        """Return what Stripe knows of a session, its charge and its refunds."""
        if not session:
            raise GatewayRefused("no-session")  # the SDK would ask for the list instead
        client = _client()
        try:
            found = client.v1.checkout.sessions.retrieve(session, {"expand": EXPAND})
            intent: Any = found.payment_intent
            refunds: list[Any] = []
            if intent is not None and intent.amount_received:
                listed = client.v1.refunds.list({"payment_intent": intent.id, "limit": 100})
                refunds = list(listed.auto_paging_iter())
        except stripe.StripeError as error:
            raise _refusal(error) from error
        return _snapshot(found, intent, refunds)

    def expire(self, session: str) -> None:
        """Close a session; Stripe says 400 to one that is paid or expired, which is fine."""
        try:
            _client().v1.checkout.sessions.expire(session)
        except stripe.InvalidRequestError:
            return
        except stripe.StripeError as error:
            raise _refusal(error) from error

    def refund(self, charge: str, *, amount_paise: int, key: str, refund_id: str) -> Movement:
        """Give money back on a charge."""
        try:
            made = _client().v1.refunds.create(
                {
                    "charge": charge,
                    "amount": amount_paise,
                    "reason": "requested_by_customer",
                    "metadata": {"refund": refund_id},
                },
                {"idempotency_key": key},
            )
        except stripe.StripeError as error:
            raise _refusal(error) from error
        return Movement(made.id, made.amount, made.currency, made.status or "")

    def verify(self, body: bytes, signature: str) -> Event:
        """Return a signed message; old, forged and senseless ones are refused alike."""
        if len(body) > LARGEST_MESSAGE:
            raise BadSignature("too large")
        signed_at = SIGNED_AT.search(signature)
        if signed_at and int(signed_at[1]) > time.time() + AHEAD_SECONDS:
            raise BadSignature("from the future")
        for secret in settings.STRIPE_WEBHOOK_SECRETS:
            try:
                event: Any = stripe.Webhook.construct_event(body, signature, secret)
                return _event(event)
            except stripe.SignatureVerificationError:
                continue
            except (ValueError, AttributeError, KeyError, TypeError) as error:
                raise BadSignature("not an event") from error
        raise BadSignature("signature")


def _event(event: Any) -> Event:
    thing = event["data"]["object"].to_dict()
    metadata = thing.get("metadata") or {}
    return Event(
        id=event["id"],
        type=event["type"],
        object_id=str(thing.get("id", "")),
        attempt_hint=str(thing.get("client_reference_id") or metadata.get("attempt") or ""),
        livemode=bool(event["livemode"]),
    )


def _snapshot(found: Any, intent: Any, refunds: list[Any]) -> Snapshot:
    captures: tuple[Movement, ...] = ()
    fees: tuple[Movement, ...] = ()
    failure = ""
    if intent is not None:
        charge = intent.latest_charge
        if intent.amount_received and charge is not None:
            captures = (Movement(charge.id, intent.amount_received, intent.currency),)
            fees = _fees([charge.balance_transaction])
        if intent.last_payment_error is not None:
            failure = intent.last_payment_error.code or "declined"
    return Snapshot(
        session=found.id,
        status=_status(found, intent),
        attempt=found.client_reference_id or "",
        captures=captures,
        refunds=tuple(Movement(r.id, r.amount, r.currency, r.status or "") for r in refunds),
        failure=failure,
        fees=fees,
    )


def _fees(balance_rows: list[Any]) -> tuple[Movement, ...]:
    """Return what Stripe kept; a charge has no balance row yet while its bank is asked."""
    known = [row for row in balance_rows if row is not None]
    return tuple(Movement(row.id, row.fee, row.currency) for row in known if row.fee)


def _status(found: Any, intent: Any) -> SessionStatus:
    if found.status == "expired":
        return SessionStatus.EXPIRED
    if found.status == "open":
        return SessionStatus.OPEN
    if found.payment_status == "paid":
        return SessionStatus.COMPLETE
    if intent is not None and intent.status == "processing":
        return SessionStatus.PROCESSING
    return SessionStatus.FAILED


def _refusal(error: stripe.StripeError) -> GatewayDown | GatewayRefused:
    if error.code == "resource_missing":
        return UnknownThere(error.code)
    passing = (stripe.APIConnectionError, stripe.RateLimitError)
    status = error.http_status or 0
    if isinstance(error, passing) or status >= SERVER_FAULT or status in {0, 409}:
        return GatewayDown(type(error).__name__)
    return GatewayRefused(error.code or type(error).__name__)
