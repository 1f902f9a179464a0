"""Messages that are forged, late, early, huge, senseless, of another mode or another kind."""

import json
import time
from typing import Any

import pytest
import stripe
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.models import Refused
from storefront.order.rules import OrderState
from storefront.payment.models import MoneyMovement, ProviderEvent
from storefront.payment.rules import EventState
from tests.payment.faults.money import session_of
from tests.payment.hearing import completed, send
from tests.payment.steps import place, status_of

SECRET = "whsec_zila_offline"


def sign(body: bytes, *, secret: str = SECRET, at: float | None = None) -> str:
    stamp = int(at or time.time())
    return str(stripe.WebhookSignature.generate_signature_header(body.decode(), secret, stamp))


def refused() -> dict[str, int]:
    return dict(Refused.objects.filter(door="provider").values_list("reason", "count"))


@pytest.mark.parametrize("how", ["bad", "none", "old", "tampered", "garbage"])
def test_a_message_not_signed_by_the_provider_just_now_is_counted_and_not_kept(
    client: Client, how: str
) -> None:
    body = completed(place())
    signature = {
        "bad": sign(body, secret="whsec_another"),
        "none": "",
        "old": sign(body, at=time.time() - 600),
        "tampered": sign(body + b" "),
        "garbage": "t=x,v1",
    }[how]

    assert send(client, body, signature) == 400

    assert not ProviderEvent.objects.exists()
    assert refused() == {"forged": 1}


def test_a_message_from_the_future_is_refused_and_one_of_a_clock_a_little_ahead_is_not(
    client: Client, double: OfflineStripe
) -> None:
    placed = place()
    double.pay(session_of(placed))
    body = completed(placed)

    assert send(client, body, sign(body, at=time.time() + 400)) == 400
    assert refused() == {"future": 1}

    assert send(client, body, sign(body, at=time.time() + 200)) == 200
    assert status_of(placed) == OrderState.CONFIRMED


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"[]", 400, "senseless"),
        (b'"text"', 400, "senseless"),
        (b"{}", 400, "senseless"),
        (b"not json", 400, "senseless"),
        (b'{"id": "evt_1", "object": "event", "type": "x", "data": {}}', 400, "senseless"),
        (b" " * 2_000_000, 413, "too-large"),
    ],
    ids=["list", "text", "empty", "no json", "half an event", "two megabytes"],
)
def test_a_signed_but_senseless_message_is_counted_and_changes_nothing(
    client: Client, body: bytes, status: int, reason: str
) -> None:
    assert send(client, body, sign(body)) == status

    assert refused() == {reason: 1}
    assert not ProviderEvent.objects.exists()
    assert not MoneyMovement.objects.exists()


def test_a_message_that_is_no_text_is_refused(client: Client) -> None:
    assert send(client, b"\xff\xfe\xfd", "t=1,v1=00") == 400
    assert sum(refused().values()) == 1


@pytest.mark.parametrize("change", [{"livemode": True}, {"account": "acct_somebody"}])
def test_a_message_of_the_other_mode_or_account_is_ignored(
    client: Client, double: OfflineStripe, change: dict[str, Any]
) -> None:
    placed = place()
    double.pay(session_of(placed))
    body = json.dumps(json.loads(completed(placed)) | change).encode()

    assert send(client, body, sign(body)) == 200

    assert ProviderEvent.objects.get().state == EventState.IGNORED
    assert status_of(placed) == OrderState.PENDING_PAYMENT


def test_while_a_secret_is_changed_messages_signed_with_either_are_taken(
    client: Client, double: OfflineStripe, settings: Any
) -> None:
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", SECRET]
    placed = place()
    double.pay(session_of(placed))
    body = completed(placed)
    stamp = time.time()
    both = (
        f"{sign(body, secret='whsec_gone', at=stamp)},v1={sign(body, at=stamp).partition('v1=')[2]}"
    )

    assert send(client, body, both) == 200
    assert send(client, body, sign(body, secret="whsec_new")) == 200

    assert status_of(placed) == OrderState.CONFIRMED
    assert refused() == {}


def test_a_message_of_another_api_version_only_makes_us_look(
    client: Client, double: OfflineStripe
) -> None:
    placed = place()
    double.pay(session_of(placed))
    told = json.loads(completed(placed)) | {"api_version": "2017-08-15"}
    told["data"]["object"] = {"id": session_of(placed), "object": "checkout.session", "old": 1}
    body = json.dumps(told).encode()

    assert send(client, body, sign(body)) == 200

    assert status_of(placed) == OrderState.CONFIRMED


def test_a_thin_message_is_taken_and_ignored(client: Client) -> None:
    body = json.dumps(
        {
            "id": "evt_thin",
            "object": "v2.core.event",
            "type": "v1.billing.meter.error_report_triggered",
            "created": "2026-11-01T00:00:00Z",
        }
    ).encode()

    assert send(client, body, sign(body)) == 200

    assert refused() == {"thin": 1}
    assert not ProviderEvent.objects.exists()
