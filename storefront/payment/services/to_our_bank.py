"""What the providers send to our bank: seen there, written down, booked."""

from datetime import UTC, datetime, timedelta
from typing import cast

from django.db import transaction

from storefront.ledger import rules as ledger
from storefront.ledger.services import post
from storefront.payment.gateways.base import PayoutSeen, Provider
from storefront.payment.gateways.registry import gateway_of, providers
from storefront.payment.models import ProviderPayout, ReconciliationRun
from storefront.payment.queries import last_run
from storefront.payment.rules import PAYOUT_MOVES, PayoutState, payout_rows
from storefront.payment.services.books import journal_key

PAYOUTS = "payouts"
# A payout fails within days; a month is long after the last of them.
MAY_CHANGE = timedelta(days=30)
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


def look_at_payout(reference: str, *, provider: str) -> None:
    """
    Ask a provider about one payout and write down what it says. No transaction may be open.

    Raises:
        GatewayDown: the provider cannot be asked.
        UnknownThere: it has no such payout, so nothing is written.
    """
    gateway = cast(Provider, gateway_of(provider))
    _note(gateway.payout(reference), provider=provider)


def look_at_payouts(*, now: datetime) -> int:
    """
    Write down the payouts of the last month, or all if none were ever looked at; return how many.

    Run every day, it makes up for messages that never came. No transaction may be open.

    Raises:
        GatewayDown: the provider cannot be asked; the next run starts where this one did.
    """
    last = last_run(PAYOUTS)
    since = last.until - MAY_CHANGE if last else BEFORE_ALL
    seen = 0
    for provider in providers():
        for payout in provider.payouts(since=since):
            seen += 1
            _note(payout, provider=provider.name)
    ReconciliationRun.objects.create(
        kind=PAYOUTS, since=since, until=now, seen=seen, finished_at=now
    )
    return seen


def _note(seen: PayoutSeen, *, provider: str) -> None:
    """Write down a payout as it was seen, unless it was seen further on, and book it once."""
    which = {"provider": provider, "reference": seen.reference}
    known = {"state": seen.state, "arrives_on": seen.arrives_on, "failure": seen.failure[:60]}
    first = known | {"amount_paise": seen.amount_paise, "made_at": seen.made_at}
    with transaction.atomic(durable=True):
        ProviderPayout.objects.get_or_create(**which, defaults=first)
        row = ProviderPayout.objects.select_for_update().get(**which)
        state = PayoutState(row.state)
        if seen.state != state and seen.state not in PAYOUT_MOVES[state]:
            return
        ProviderPayout.objects.filter(pk=row.pk).update(**known)
        for kind, paise in payout_rows(row.amount_paise, seen.state).items():
            post(
                kind,
                key=journal_key(kind, provider=provider, reference=seen.reference),
                postings=ledger.paid_out(-paise),
            )
