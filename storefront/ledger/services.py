"""Writing into the books: once an event, in the transaction of whatever it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.core.clock import now
from storefront.core.statements import rows_of
from storefront.ledger.rules import JournalKind, Posting
from storefront.order.models import Order


@dataclass(frozen=True, slots=True)
class Draft:
    """A journal that is not written yet; `key` names its event ("capture:ch_1")."""

    kind: JournalKind
    key: str
    postings: Sequence[Posting]


# Journals whose key is not known yet, with their lines: one statement, however many there are.
_POST = """
    WITH journals AS (
        INSERT INTO ledger_journal (key, kind, order_id, at)
        SELECT key, kind, %(order)s, %(at)s
        FROM unnest(%(keys)s::text[], %(kinds)s::text[]) WITH ORDINALITY AS draft (key, kind, place)
        ORDER BY place
        ON CONFLICT (key) DO NOTHING
        RETURNING id, key
    ), entries AS (
        INSERT INTO ledger_entry (journal_id, account, seller_id, amount_paise)
        SELECT journals.id, account, seller_id, paise
        FROM unnest(
            %(of)s::text[], %(accounts)s::text[], %(sellers)s::bigint[], %(paise)s::bigint[]
        ) WITH ORDINALITY AS line (key, account, seller_id, paise, place)
        JOIN journals USING (key)
        ORDER BY place
    )
    SELECT key FROM journals
"""


def post(
    kind: JournalKind, *, key: str, postings: Sequence[Posting], order: Order | None = None
) -> bool:
    """
    Write a journal once; return whether it is new.

    Raises:
        ValueError: debits and credits differ.
    """
    return bool(post_all([Draft(kind, key, postings)], order=order))


def post_all(drafts: Sequence[Draft], *, order: Order | None = None) -> list[str]:
    """
    Write journals, each once; return the keys of the new ones.

    Lines without money are left out, and a journal without lines is not written.

    Raises:
        ValueError: debits and credits of one differ; none is written.
    """
    for each in drafts:
        if sum(line.paise for line in each.postings):
            raise ValueError(f"{each.key} does not balance")
    lines = [(each.key, line) for each in drafts for line in each.postings if line.paise]
    if not lines:
        return []
    moving = {key for key, _ in lines}
    told = {
        "order": order and order.pk,
        "at": now(),
        "keys": [each.key for each in drafts if each.key in moving],
        "kinds": [each.kind for each in drafts if each.key in moving],
        "of": [key for key, _ in lines],
        "accounts": [line.account for _, line in lines],
        "sellers": [line.seller_id for _, line in lines],
        "paise": [line.paise for _, line in lines],
    }
    return [key for (key,) in rows_of(_POST, told)]
