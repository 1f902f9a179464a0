"""Who looks at a payout at once writes and books it once, fifty rounds on PostgreSQL."""

from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from typing import Any, ClassVar

import pytest
from django.test import Client

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now, today
from storefront.ledger.models import Journal
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.payment import services as payment
from storefront.payment.gateways.base import PayoutSeen
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import ProviderEvent, ProviderPayout
from storefront.payment.rules import EventState, PayoutState
from storefront.payment.services.audit import audit
from storefront.payment.services.to_our_bank import look_at_payout
from tests.factories.purchase import make_post
from tests.payment.faults.money import pay
from tests.payment.faults.test_payouts import NET, message
from tests.payment.hearing import send, signed
from tests.rounds import ROUNDS, racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
PAISE = 1_000


class SeenAtThreeMoments(StripeGateway):
    """Tells three who ask what a payout was at first, then, and in the end."""

    told: ClassVar[SimpleQueue[PayoutSeen]] = SimpleQueue()

    def payout(self, reference: str) -> PayoutSeen:
        return self.told.get()


def test_three_who_saw_a_payout_at_three_moments_write_the_last_of_them(settings: Any) -> None:
    settings.PAYMENT_WAYS = [f"{__name__}.SeenAtThreeMoments"]
    first = PayoutSeen("", PAISE, PayoutState.PENDING, today(), now())
    with racing(3) as race:
        for number in range(ROUNDS):
            reference = f"po_{number}"
            for state in (PayoutState.PENDING, PayoutState.PAID, PayoutState.FAILED):
                SeenAtThreeMoments.told.put(replace(first, reference=reference, state=state))

            race(*[partial(look_at_payout, reference, provider="stripe")] * 3)

            assert ProviderPayout.objects.get(reference=reference).state == PayoutState.FAILED
            journals = Journal.objects.filter(key__endswith=f":{reference}").order_by("pk")
            assert [each.kind for each in journals] == ["payout", "payout-failed"]
    assert balances() == {}


def test_a_message_the_daily_look_and_the_bank_at_once_book_a_payout_once(
    stripe_double: OfflineStripe,
) -> None:
    make_post()
    pay(stripe_double)
    clients = Client(), Client()

    def hear(number: int, payout: dict[str, Any], kind: str) -> int:
        body = message(payout, kind, name=f"{payout['id']}{number}")
        return send(clients[number], body, signed(body))

    with racing(3) as race:
        for _ in range(ROUNDS):
            payout = stripe_double.payout(amount=PAISE)
            reference = payout["id"]
            look = partial(look_at_payout, reference, provider="stripe")

            heard, *_others = race(
                partial(hear, 0, payout, "payout.created"),
                partial(payment.look_at_payouts, now=now()),
                partial(stripe_double.settle, payout=reference),
            )
            failed = stripe_double.payout_fails(reference)
            again, *_others = race(
                partial(hear, 0, failed, "payout.failed"),
                partial(hear, 1, failed, "payout.failed"),
                look,
            )

            assert (heard, again) == (200, 200)
            row = ProviderPayout.objects.get(reference=reference)
            assert (row.state, row.failure) == (PayoutState.FAILED, "account_closed")
            journals = Journal.objects.filter(key__endswith=reference).order_by("pk")
            assert [each.kind for each in journals] == ["payout", "payout-failed"]
    assert not ProviderEvent.objects.exclude(state=EventState.DONE).exists()
    assert balances()[Account.GATEWAY_CLEARING] == NET
    assert Account.BANK not in balances()
    assert list(audit()) == []
