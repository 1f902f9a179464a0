"""Stripe's hosted Checkout: the only module that speaks to Stripe."""

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from threading import get_ident
from typing import Any
from urllib.parse import quote

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy

from storefront.payment.gateways import stripe_reading as reading
from storefront.payment.gateways.base import (
    BadSignature,
    BalanceRow,
    DisputeSeen,
    Event,
    GatewayDown,
    GatewayRefused,
    Movement,
    Objection,
    PageRequest,
    PayoutSeen,
    Purchase,
    Session,
    Snapshot,
    UnknownThere,
)
from storefront.payment.gateways.kept_session import session_for
from storefront.payment.gateways.nothing import nothing_to_pay
from storefront.payment.rules import WayKind

# The SDK's own version: its types, and the offline double, are of exactly this one.
API_VERSION = "2026-10-28.endive"
Patience = tuple[tuple[float, float], int]
# Seconds to connect and to answer, and how often a call is repeated.
PATIENT: Patience = ((3.05, 15), 2)
# While a buyer looks at an empty screen: a look takes two or three calls.
AWAITED: Patience = ((1, 1.5), 0)
PAGE = 100
# The SDK accepts messages from the future; a clock that far ahead is not Stripe's.
AHEAD_SECONDS = 300
MOST_OLD_SECONDS = stripe.Webhook.DEFAULT_TOLERANCE
SERVER_FAULT = 500
SIGNED_AT = re.compile(r"\bt=(\d{1,15})\b")
# What the shop listens for; a list of events takes up to 20 types. So other news of payouts
# (canceled, updated) wait for the daily look at them if their message is lost.
EVENT_TYPES = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
    "radar.early_fraud_warning.created",
    "payout.created",
    "payout.paid",
    "payout.failed",
]
SESSIONS = "/v1/checkout/sessions"
EXPAND = ["payment_intent.latest_charge.balance_transaction"]

stripe.enable_telemetry = False


def _client(*, is_awaited: bool = False) -> stripe.StripeClient:
    address = settings.STRIPE_API_BASE or stripe.DEFAULT_API_BASE
    patience = AWAITED if is_awaited else PATIENT
    return _kept_client(settings.STRIPE_SECRET_KEY, address, patience, get_ident())


@lru_cache(maxsize=64)
def _kept_client(key: str, address: str, patience: Patience, thread: int) -> stripe.StripeClient:
    """Return a thread's client; it keeps its connections: to open one costs as much as to ask."""
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        max_network_retries=patience[1],
        http_client=stripe.RequestsClient(timeout=patience[0], session=session_for(address)),
        base_addresses={"api": address},
    )


def _ask(client: stripe.StripeClient, method: str, path: str, **told: Any) -> Any:
    """Return Stripe's answer as plain objects; the SDK's own cost three times as much as to ask."""
    return reading.plain(client.raw_request(method, path, **told).body)


class StripeGateway:
    """Stripe, or the offline Stripe: the same code with another address."""

    name = "stripe"
    label = gettext_lazy("Pay now by card")
    kind = WayKind.PAGE
    signature_header = "Stripe-Signature"

    def why_not(self, purchase: Purchase) -> Objection | None:
        """Object to an order that costs nothing: Stripe takes no empty charge."""
        return nothing_to_pay(purchase)

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
        try:
            made = _ask(_client(), "post", SESSIONS, **request, idempotency_key=key)
        except stripe.StripeError as error:
            if error.http_status == SERVER_FAULT:
                # Kept under the key for a day: only another key gets another answer.
                raise GatewayRefused("server-fault") from error
            raise _refusal(error) from error
        return Session(reference=made.id, url=made.url or "")

    def fetch(self, session: str, *, is_awaited: bool = False, is_first: bool = False) -> Snapshot:
        """
        Return what Stripe knows of a session, its charge and its refunds.

        Source: https://docs.stripe.com/api/charges/object (amount_refunded holds what is pending).
        """
        if not session:
            raise GatewayRefused("no-session")  # the SDK would ask for the list instead
        client = _client(is_awaited=is_awaited)
        try:
            found = _ask(client, "get", f"{SESSIONS}/{quote(session, safe='')}", expand=EXPAND)
            intent = found.payment_intent
            refunds: list[Any] = []
            disputes: list[Any] = []
            if intent is not None and intent.amount_received:
                of: Any = {"payment_intent": intent.id, "limit": PAGE}
                if intent.latest_charge.amount_refunded or not is_first:
                    refunds = list(client.v1.refunds.list(of).auto_paging_iter())
                if intent.latest_charge.disputed:
                    disputes = list(client.v1.disputes.list(of).auto_paging_iter())
        except stripe.StripeError as error:
            raise _refusal(error) from error
        return reading.snapshot(found, intent, refunds, disputes)

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
        return reading.refund(made)

    def verify(self, body: bytes, signature: str) -> Event:
        """Return a signed message; old, forged and senseless ones are refused alike."""
        signed_at = SIGNED_AT.search(signature)
        if signed_at and int(signed_at[1]) > time.time() + AHEAD_SECONDS:
            raise BadSignature("future")
        for secret in settings.STRIPE_WEBHOOK_SECRETS:
            try:
                stripe.WebhookSignature.verify_header(body, signature, secret, MOST_OLD_SECONDS)
                return reading.event(json.loads(body))
            except stripe.SignatureVerificationError:
                continue
            except (ValueError, AttributeError, KeyError, TypeError) as error:
                raise BadSignature("thin" if reading.is_thin(body) else "senseless") from error
        raise BadSignature("forged")

    def owner(self, charge: str) -> str:
        """Return the attempt in a charge's metadata, which it has from its PaymentIntent."""
        if not charge:
            raise GatewayRefused("no-charge")  # the SDK would ask for the list instead
        try:
            found: Any = _client().v1.charges.retrieve(charge)
        except stripe.StripeError as error:
            raise _refusal(error) from error
        return str(found.to_dict()["metadata"].get("attempt", ""))

    def warnings(self, charge: str) -> tuple[DisputeSeen, ...]:
        """Return the early fraud warnings about a charge."""
        try:
            found = _client().v1.radar.early_fraud_warnings.list({"charge": charge, "limit": PAGE})
            return tuple(reading.warning(each) for each in found.auto_paging_iter())
        except stripe.StripeError as error:
            raise _refusal(error) from error

    def events(self, *, since: datetime) -> Iterator[Event]:
        """Return the events about money since, newest first; Stripe keeps them for 30 days."""
        try:
            found = _client().v1.events.list(_made_since(since) | {"types": EVENT_TYPES})
            yield from (reading.event(each.to_dict()) for each in found.auto_paging_iter())
        except stripe.StripeError as error:
            raise _refusal(error) from error

    def balance(self, *, since: datetime | None) -> Iterator[BalanceRow]:
        """Return Stripe's balance transactions, newest first."""
        try:
            found = _client().v1.balance_transactions.list(_made_since(since))
            yield from map(reading.balance_row, found.auto_paging_iter())
        except stripe.StripeError as error:
            raise _refusal(error) from error

    def payout(self, reference: str) -> PayoutSeen:
        """Return a payout to our bank."""
        if not reference:
            raise GatewayRefused("no-payout")  # the SDK would ask for the list instead
        try:
            return reading.payout(_client().v1.payouts.retrieve(reference))
        except stripe.StripeError as error:
            raise _refusal(error) from error

    def payouts(self, *, since: datetime | None) -> Iterator[PayoutSeen]:
        """Return the payouts to our bank, newest first."""
        try:
            found = _client().v1.payouts.list(_made_since(since))
            yield from map(reading.payout, found.auto_paging_iter())
        except stripe.StripeError as error:
            raise _refusal(error) from error

    def holds(self) -> int:
        """Return our balance in paise, with what has not settled yet."""
        try:
            sheet: Any = _client().v1.balance.retrieve()
        except stripe.StripeError as error:
            raise _refusal(error) from error
        rows = [*sheet.available, *sheet.pending]
        return sum(row.amount for row in rows if row.currency == "inr")


def _made_since(since: datetime | None) -> Any:
    created = {"created": {"gte": int(since.timestamp())}} if since else {}
    return {"limit": PAGE, **created}


def _refusal(error: stripe.StripeError) -> GatewayDown | GatewayRefused:
    if error.code == "resource_missing":
        return UnknownThere(error.code)
    passing = (stripe.APIConnectionError, stripe.RateLimitError)
    status = error.http_status or 0
    if isinstance(error, passing) or status >= SERVER_FAULT or status in {0, 409}:
        return GatewayDown(type(error).__name__)
    return GatewayRefused(error.code or type(error).__name__)
