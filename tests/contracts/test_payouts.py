"""What a provider promises that holds our money: how it tells of what it sends to our bank."""

from typing import cast

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayRefused, Provider, UnknownThere
from storefront.payment.gateways.registry import gateway_of
from storefront.payment.services.audit import audit
from tests.contracts.test_gateways import PAGES, bring_money, place
from tests.contracts.toy import ToyPay

pytestmark = pytest.mark.django_db


def pay_out(name: str, paise: int, double: OfflineStripe) -> str:
    """Let a provider that was paid send money to our bank; return the payout's reference."""
    bring_money(name, place(name), double)
    if name == "toy":
        return ToyPay().pay_out(paise)
    return str(double.payout(amount=paise)["id"])


def provider(name: str) -> Provider:
    return cast(Provider, gateway_of(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_payout_is_told_alike_by_its_name_and_in_the_list(name: str, shop: OfflineStripe) -> None:
    reference = pay_out(name, 60_000, shop)

    seen = provider(name).payout(reference)

    assert (seen.reference, seen.amount_paise, seen.failure) == (reference, 60_000, "")
    assert list(provider(name).payouts(since=None)) == [seen]


@pytest.mark.parametrize("name", PAGES)
def test_a_payout_that_nobody_made_is_unknown_there(name: str) -> None:
    with pytest.raises(UnknownThere):
        provider(name).payout("po_of_nobody")
    with pytest.raises(GatewayRefused):
        provider(name).payout("")


@pytest.mark.parametrize("name", PAGES)
def test_after_a_payout_a_provider_holds_what_the_books_say(name: str, shop: OfflineStripe) -> None:
    pay_out(name, 60_000, shop)

    payment.look_at_payouts(now=now())

    assert list(audit()) == []
    assert balances()[Account.BANK] == 60_000
    assert balances()[Account.GATEWAY_CLEARING] == provider(name).holds()
