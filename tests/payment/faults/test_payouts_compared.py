"""What the provider sends to our bank, laid beside its books: compared daily, audited at night."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.core.clock import now
from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind
from storefront.ledger.services import post
from storefront.payment import services as payment
from storefront.payment.gateways.stripe import StripeGateway
from storefront.payment.models import Difference, ProviderPayout
from storefront.payment.rules import PayoutState
from storefront.payment.services.audit import audit
from tests.payment.faults.money import hear, pay
from tests.payment.faults.test_payouts import DAY, NET, PAISE


class SaysNothing(StripeGateway):
    """Keeps to itself what it holds."""

    def holds(self) -> int | None:
        return None


@pytest.fixture(autouse=True)
def _paid(double: OfflineStripe) -> Iterator[None]:
    pay(double)
    yield
    double.clock(offset=0)


def test_a_payout_nobody_heard_of_is_a_difference_and_put_right_by_no_comparison(
    double: OfflineStripe,
) -> None:
    payout = double.payout(amount=PAISE)
    later = now() + timedelta(hours=1)

    assert payment.compare(now=later) == 1
    assert payment.compare(now=later) == 0

    found = Difference.objects.get()
    assert (found.kind, found.reference) == ("payout", payout["id"])
    assert (found.ours_paise, found.theirs_paise) == (None, -PAISE)
    assert not ProviderPayout.objects.exists()


def test_a_failure_nobody_heard_of_is_a_difference(double: OfflineStripe) -> None:
    payout = double.payout(amount=PAISE)
    hear(double)
    double.payout_fails(payout["id"])

    assert payment.compare(now=now() + timedelta(hours=1)) == 1

    found = Difference.objects.get()
    assert (found.kind, found.ours_paise, found.theirs_paise) == ("payout-failed", None, PAISE)


def test_a_payout_that_the_provider_never_made_is_a_difference(double: OfflineStripe) -> None:
    ProviderPayout.objects.create(
        provider="stripe",
        reference="po_planted",
        amount_paise=PAISE,
        state=PayoutState.PAID,
        arrives_on=now().date(),
        made_at=now(),
    )

    assert payment.compare(now=now() + timedelta(hours=1)) == 1

    found = Difference.objects.get()
    assert (found.reference, found.ours_paise, found.theirs_paise) == ("po_planted", -PAISE, None)
    assert set(audit()) == {
        f"payout payout:stripe:po_planted: -{PAISE} paise, booked None",
        f"provider: payout po_planted: ours -{PAISE}, provider None",
    }


def test_the_audit_finds_a_payout_that_arrived_and_we_do_not_know_it(
    double: OfflineStripe,
) -> None:
    payout = double.payout(amount=PAISE)
    hear(double)
    double.clock(advance=DAY)
    assert list(audit()) == []  # that it is under way is no news for the books
    double.settle(payout=payout["id"])

    assert list(audit()) == [f"payout {payout['id']}: ours pending, provider paid"]


def test_the_audit_says_when_the_clearing_account_is_not_what_the_provider_holds(
    double: OfflineStripe,
) -> None:
    payout = double.payout(amount=PAISE)

    assert set(audit()) == {
        f"provider: payout {payout['id']}: ours None, provider -{PAISE}",
        f"gateway-clearing: {NET} paise, stripe holds {NET - PAISE}",
    }
    assert list(audit(offline=True)) == []


def test_the_audit_finds_a_journal_of_no_payout_and_one_of_another_amount(
    double: OfflineStripe,
) -> None:
    payout = double.payout(amount=PAISE)
    hear(double)
    ProviderPayout.objects.update(amount_paise=1)
    assert f"payout payout:stripe:{payout['id']}: -1 paise, booked -{PAISE}" in list(audit())

    ProviderPayout.objects.all().delete()

    assert list(audit(offline=True)) == [
        f"journal payout:stripe:{payout['id']}: there is no such payout"
    ]


def test_a_provider_that_does_not_say_what_it_holds_is_not_compared(
    double: OfflineStripe, settings: Any
) -> None:
    double.payout(amount=PAISE)
    settings.PAYMENT_WAYS = [f"{__name__}.SaysNothing"]

    assert [line for line in audit() if line.startswith("gateway-clearing")] == []


def test_money_of_a_provider_that_is_asked_no_more_is_not_sought_at_another() -> None:
    post(JournalKind.MONEY_IN, key="capture:demo:charge_1", postings=ledger.money_in(PAISE))

    assert [line for line in audit() if line.startswith("gateway-clearing")] == []
