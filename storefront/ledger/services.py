"""Writing into the books: once an event, in the transaction of whatever it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from storefront.core.inserted import insert, insert_once
from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import JournalKind, Posting
from storefront.order.models import Order


@dataclass(frozen=True, slots=True)
class Draft:
    """A journal that is not written yet; `key` names its event ("capture:ch_1")."""

    kind: JournalKind
    key: str
    postings: Sequence[Posting]


def post(
    kind: JournalKind, *, key: str, postings: Sequence[Posting], order: Order | None = None
) -> bool:
    """
    Write a journal once; return whether it is new.

    Raises:
        ValueError: debits and credits differ.
    """
    return bool(post_all([Draft(kind, key, postings)], order=order))


def post_all(drafts: Sequence[Draft], *, order: Order | None = None) -> list[Journal]:
    """
    Write journals, each once; return the new ones.

    Lines without money are left out, and a journal without lines is not written.

    Raises:
        ValueError: debits and credits of one differ; none is written.
    """
    lines = {each.key: [line for line in each.postings if line.paise] for each in drafts}
    for key, found in lines.items():
        if sum(line.paise for line in found):
            raise ValueError(f"{key} does not balance")
    with transaction.atomic(savepoint=False):
        journals = insert_once(
            [
                Journal(key=each.key, kind=each.kind, order=order)
                for each in drafts
                if lines[each.key]
            ],
            by=["key"],
        )
        insert(
            Entry(
                journal=journal,
                account=line.account,
                seller_id=line.seller_id,
                amount_paise=line.paise,
            )
            for journal in journals
            for line in lines[journal.key]
        )
    return journals
