"""Writing into the books: once an event, in the transaction of whatever it tells of."""

from collections.abc import Sequence

from django.db import transaction

from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import JournalKind, Posting
from storefront.order.models import Order


def post(
    kind: JournalKind, *, key: str, postings: Sequence[Posting], order: Order | None = None
) -> bool:
    """
    Write a journal once; return whether it is new.

    `key` names the event ("capture:ch_1"), and what it is about is locked: of two at once
    without a lock one would fail. Lines without money are left out, and a journal without
    lines is not written.

    Raises:
        ValueError: debits and credits differ.
    """
    lines = [each for each in postings if each.paise]
    if sum(each.paise for each in lines):
        raise ValueError(f"{key} does not balance")
    if not lines or Journal.objects.filter(key=key).exists():
        return False
    with transaction.atomic(savepoint=False):
        journal = Journal.objects.create(key=key, kind=kind, order=order)
        Entry.objects.bulk_create(
            Entry(
                journal=journal,
                account=each.account,
                seller_id=each.seller_id,
                amount_paise=each.paise,
            )
            for each in lines
        )
    return True
