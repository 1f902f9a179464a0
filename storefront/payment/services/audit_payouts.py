"""What the providers sent to our bank, added up once more: our rows, the books, the providers."""

from collections.abc import Iterator

from django.db.models import Q, Sum

from storefront.ledger.models import Journal
from storefront.ledger.queries import balances
from storefront.ledger.rules import Account, JournalKind
from storefront.payment.gateways.base import Provider
from storefront.payment.gateways.registry import providers
from storefront.payment.models import ProviderPayout
from storefront.payment.rules import PayoutState, payout_rows
from storefront.payment.services.books import journal_key

KINDS = (JournalKind.PAYOUT, JournalKind.PAYOUT_FAILED)


def check_payouts() -> Iterator[str]:
    """Return a line for every payout that is booked otherwise than its row says, both ways."""
    lost = Sum("entries__amount_paise", filter=Q(entries__account=Account.GATEWAY_CLEARING))
    journals = Journal.objects.filter(kind__in=KINDS).annotate(lost=lost)
    booked = dict(journals.values_list("key", "lost"))
    for row in ProviderPayout.objects.order_by("pk").iterator():
        for kind, paise in payout_rows(row.amount_paise, PayoutState(row.state)).items():
            key = journal_key(kind, provider=row.provider, reference=row.reference)
            found = booked.pop(key, None)
            if found != paise:
                yield f"payout {key}: {paise} paise, booked {found}"
    for key in sorted(booked):
        yield f"journal {key}: there is no such payout"


def check_states(provider: Provider) -> Iterator[str]:
    """
    Return a line for every payout of ours that arrived, as the provider says, and we do not.

    One that came back, or that we have not, differs in money and is found in its balance.
    """
    rows = ProviderPayout.objects.filter(provider=provider.name)
    ours = dict(rows.values_list("reference", "state"))
    for seen in provider.payouts(since=None):
        state = ours.get(seen.reference, PayoutState.PAID)
        if seen.state == PayoutState.PAID != state:
            yield f"payout {seen.reference}: ours {state}, provider {seen.state}"


def check_holdings() -> Iterator[str]:
    """Say if the providers have other money of ours than the books say, where all of them tell."""
    held = [provider.holds() for provider in providers()]
    told = [paise for paise in held if paise is not None]
    booked = balances().get(Account.GATEWAY_CLEARING, 0)
    if len(told) == len(held) and sum(told) != booked:
        yield f"gateway-clearing: {booked} paise, the providers hold {sum(told)}"
