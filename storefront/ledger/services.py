"""Writing into the books: once an event, in the transaction of whatever it tells of."""

from collections.abc import Sequence

from django.db import transaction

from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import JournalKind, Posting
from storefront.order.models import Order


@transaction.atomic
def post(
    kind: JournalKind, *, key: str, postings: Sequence[Posting], order: Order | None = None
) -> bool:
    """
    Write a journal once; return whether it is new.

    `key` names the event ("capture:ch_1"). Lines without money are left out, and a journal
    without lines is not written.

    Raises:
        ValueError: debits and credits differ.
    """
    lines = [each for each in postings if each.paise]
    if sum(each.paise for each in lines):
        raise ValueError(f"{key} does not balance")
    if not lines:
        return False
    journal, is_new = Journal.objects.get_or_create(
        key=key, defaults={"kind": kind, "order": order}
    )
    if is_new:
        Entry.objects.bulk_create(
            Entry(
                journal=journal,
                account=each.account,
                seller_id=each.seller_id,
                amount_paise=each.paise,
            )
            for each in lines
        )
    return is_new
