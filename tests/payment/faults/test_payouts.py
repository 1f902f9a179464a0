"""What the provider sends to our bank: heard in any order or not at all, late, and sent back."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import stripe
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.payment import services as payment
from storefront.payment.gateways.base import PayoutSeen
from storefront.payment.gateways.stripe import API_VERSION, StripeGateway
from storefront.payment.models import ProviderEvent, ProviderPayout
from storefront.payment.rules import EventState, PayoutState
from storefront.payment.services import events
from storefront.payment.services.audit import audit
from tests.payment.faults.money import FEE, TOTAL, hear, pay
from tests.payment.hearing import send, signed

NET = TOTAL - FEE
PAISE = 60_000
# A day of the double's clock, in seconds
DAY = 86_400


@pytest.fixture(autouse=True)
def paid(double: OfflineStripe) -> Iterator[None]:
    pay(double)
    yield
    double.clock(offset=0)


class SeesTheFirstForEver(StripeGateway):
    """Looks at the payouts once, and tells of that look ever after, as a slow process would."""

    seen: ClassVar[list[PayoutSeen]] = []

    def payouts(self, *, since: datetime | None) -> Iterator[PayoutSeen]:
        self.seen[:] = self.seen or super().payouts(since=since)
        return iter(self.seen)


def message(payout: dict[str, Any], kind: str, *, name: str = "") -> bytes:
    """Return what the provider says of a payout."""
    said = {"id": f"evt_{name or kind}", "object": "event", "type": kind, "livemode": False}
    return json.dumps({**said, "created": int(time.time()), "data": {"object": payout}}).encode()


def the_payout() -> ProviderPayout:
    return ProviderPayout.objects.get()


def keys(payout: dict[str, Any]) -> list[str]:
    """Return which journals of a payout there are, without its name."""
    found = Journal.objects.filter(key__endswith=payout["id"]).order_by("pk")
    return [journal.key.partition(":")[0] for journal in found]


def our_money() -> tuple[int, int]:
    """Return what stands at the provider and at our bank, in paise."""
    books = balances()
    return books.get(Account.GATEWAY_CLEARING, 0), books.get(Account.BANK, 0)


def test_a_payout_is_booked_once_when_it_is_made_and_followed_to_our_bank(
    double: OfflineStripe, client: Client
) -> None:
    payout = double.payout(amount=PAISE)
    body = message(payout, "payout.created")

    assert send(client, body, signed(body)) == 200

    row = the_payout()
    assert (row.provider, row.reference, row.amount_paise) == ("stripe", payout["id"], PAISE)
    assert row.state == PayoutState.PENDING
    assert row.arrives_on == datetime.fromtimestamp(payout["arrival_date"], UTC).date()
    assert our_money() == (NET - PAISE, PAISE)
    double.clock(advance=DAY)
    hear(double)
    assert the_payout().state == PayoutState.IN_TRANSIT
    double.clock(advance=DAY)
    hear(double)
    assert the_payout().state == PayoutState.PAID
    assert our_money() == (NET - PAISE, PAISE)
    assert keys(payout) == ["payout"]
    assert not ProviderEvent.objects.exclude(state=EventState.DONE).exists()
    assert list(audit()) == []


def test_all_that_is_available_empties_the_clearing_account(double: OfflineStripe) -> None:
    double.clock(advance=6 * DAY)
    double.payout()

    hear(double)

    assert balances().get(Account.GATEWAY_CLEARING) is None
    assert balances()[Account.BANK] == NET


def test_a_payout_that_fails_after_it_was_paid_is_turned_round_once(double: OfflineStripe) -> None:
    payout = double.payout(amount=PAISE)
    double.settle(payout=payout["id"])
    hear(double)
    assert the_payout().state == PayoutState.PAID
    double.payout_fails(payout["id"], reason="account_closed")

    hear(double)
    payment.look_at_payouts(now=now())

    row = the_payout()
    assert (row.state, row.failure) == (PayoutState.FAILED, "account_closed")
    assert our_money() == (NET, 0)
    assert keys(payout) == ["payout", "payout-failed"]
    assert list(audit()) == []


@pytest.mark.parametrize("order", [["created", "paid", "failed"], ["failed", "paid", "created"]])
def test_messages_of_a_payout_come_in_any_order_and_twice(
    double: OfflineStripe, client: Client, order: list[str]
) -> None:
    payout = double.payout(amount=PAISE)
    bodies = {"created": message(payout, "payout.created")}
    paid = double.settle(payout=payout["id"])
    bodies["paid"] = message(paid, "payout.paid")
    bodies["failed"] = message(double.payout_fails(payout["id"]), "payout.failed")

    for name in order * 2:
        assert send(client, bodies[name], signed(bodies[name])) == 200

    assert the_payout().state == PayoutState.FAILED
    assert keys(payout) == ["payout", "payout-failed"]


def test_a_message_that_lies_about_a_payout_writes_what_the_provider_says(
    double: OfflineStripe, client: Client
) -> None:
    payout = double.payout(amount=PAISE)
    body = message(payout | {"amount": 1, "status": "failed"}, "payout.failed")

    send(client, body, signed(body))

    assert (the_payout().amount_paise, the_payout().state) == (PAISE, PayoutState.PENDING)


def test_no_payout_is_made_from_a_message_about_one_that_the_provider_does_not_know(
    double: OfflineStripe, client: Client
) -> None:
    known = double.payout(amount=PAISE)
    body = message(known | {"id": "po_of_nobody"}, "payout.created")

    assert send(client, body, signed(body)) == 200

    assert not ProviderPayout.objects.exists()
    assert our_money() == (NET, 0)
    assert ProviderEvent.objects.get().state == EventState.FAILED


def test_what_was_seen_before_does_not_undo_what_was_seen_since(
    double: OfflineStripe, settings: Any
) -> None:
    SeesTheFirstForEver.seen.clear()
    payout = double.payout(amount=PAISE)
    settings.PAYMENT_WAYS = [f"{__name__}.SeesTheFirstForEver"]
    payment.look_at_payouts(now=now())
    settings.PAYMENT_WAYS = ["storefront.payment.gateways.stripe.StripeGateway"]
    double.settle(payout=payout["id"])
    payment.look_at_payouts(now=now())
    settings.PAYMENT_WAYS = [f"{__name__}.SeesTheFirstForEver"]

    payment.look_at_payouts(now=now())

    assert the_payout().state == PayoutState.PAID
    assert keys(payout) == ["payout"]


def test_payouts_without_any_message_are_found_by_the_daily_look(double: OfflineStripe) -> None:
    old = double.payout(amount=PAISE)
    double.clock(advance=40 * DAY)
    young = double.payout(amount=500, automatic=False)

    assert payment.look_at_payouts(now=now() + timedelta(days=40)) == 2
    # The second look goes back a month: the old one is over and done with.
    assert payment.look_at_payouts(now=now() + timedelta(days=41)) == 1

    states = dict(ProviderPayout.objects.values_list("reference", "state"))
    assert states == {old["id"]: PayoutState.PAID, young["id"]: PayoutState.PENDING}
    assert list(audit()) == []


def test_a_provider_that_is_down_leaves_the_daily_look_where_it_was(double: OfflineStripe) -> None:
    double.payout(amount=PAISE)
    double.fault("503", times=20)

    with pytest.raises(payment.GatewayDown):
        payment.look_at_payouts(now=now())

    double.control("fault", clear=True)
    assert payment.look_at_payouts(now=now()) == 1


def test_a_message_about_a_payout_waits_while_the_provider_is_down(double: OfflineStripe) -> None:
    payout = double.payout(amount=PAISE)
    row = ProviderEvent.objects.create(
        provider="stripe", event_id="evt_1", type="payout.created", object_id=payout["id"]
    )
    double.fault("503", times=20)

    events.work(row.pk)

    row.refresh_from_db()
    assert row.state == EventState.FAILED
    double.control("fault", clear=True)
    payment.poll(now=now() + timedelta(minutes=1))
    assert the_payout().reference == payout["id"]


def test_a_payout_that_was_called_back_is_turned_round(double: OfflineStripe) -> None:
    payout = double.payout(amount=PAISE, automatic=False)
    hear(double)
    client = stripe.StripeClient(
        "sk_test_zila_offline", stripe_version=API_VERSION, base_addresses={"api": double.url}
    )
    client.v1.payouts.cancel(payout["id"])

    payment.look_at_payouts(now=now())

    assert the_payout().state == PayoutState.CANCELED
    assert our_money() == (NET, 0)
    assert list(audit()) == []


def test_what_we_owe_the_provider_is_taken_from_our_bank(double: OfflineStripe) -> None:
    payout = double.payout(amount=-7_000)

    hear(double)

    assert the_payout().amount_paise == -7_000
    assert our_money() == (NET + 7_000, -7_000)
    double.payout_fails(payout["id"], reason="debit_not_authorized")
    hear(double)
    assert our_money() == (NET, 0)
    assert list(audit()) == []
