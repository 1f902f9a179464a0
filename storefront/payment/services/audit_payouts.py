"""What the providers sent to our bank, added up once more: our rows, the books, the providers."""

from collections.abc import Iterator

from django.db.models import Q, Sum

from storefront.ledger.models import Entry, Journal
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
    """
    Return a line for every provider that has other money of ours than the books say, if it tells.

    Money of a provider that is asked no more, such as the demo town's, is left out.
    """
    for provider in providers():
        held = provider.holds()
        # As `journal_key` names them: every journal that moves this money names its provider.
        own = Entry.objects.filter(
            account=Account.GATEWAY_CLEARING, journal__key__contains=f":{provider.name}:"
        )
        booked = own.aggregate(paise=Sum("amount_paise"))["paise"] or 0
        if held is not None and held != booked:
            yield f"gateway-clearing: {booked} paise, {provider.name} holds {held}"
