"""Every payout, its lines and its journals, added up once more; a part of `audit_money`."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from storefront.ledger.models import Entry, Journal
from storefront.ledger.rules import Account, JournalKind
from storefront.payouts.models import Payout
from storefront.payouts.queries import open_entries
from storefront.payouts.rules import PayoutState, number_of
from storefront.payouts.services.settling import paid_key, sent_back_key

Lines = Iterator[str]


def check_payouts() -> Lines:
    """Return a line for everything about payouts that does not add up."""
    yield from _statements()
    yield from _journals()
    yield from _sellers()
    yield from _overpaid()


def _statements() -> Lines:
    """What a payout came to must be the sum of what it covers, and nobody else's."""
    counted = Payout.objects.annotate(
        covered=-Coalesce(Sum("lines__entry__amount_paise"), 0),
        all=Count("lines"),
        alive=Count("lines", filter=Q(lines__is_alive=True)),
        foreign=Count("lines", filter=~Q(lines__entry__seller=F("seller"))),
    )
    columns = ("pk", "state", "amount_paise", "covered", "all", "alive", "foreign")
    for pk, state, paise, covered, lines, alive, foreign in counted.order_by("pk").values_list(
        *columns
    ):
        name = f"payout {number_of(pk)}"
        if covered != paise:
            yield f"{name}: {paise} paise, its lines {covered}"
        if alive != (0 if state == PayoutState.FAILED else lines):
            yield f"{name}: {state}, but {alive} of its {lines} lines are alive"
        if foreign:
            yield f"{name}: {foreign} of its lines are not its seller's"


def _journals() -> Lines:
    """Each paid payout has its journal, each that was sent back has both, and no others are."""
    paid = Sum("entries__amount_paise", filter=Q(entries__account=Account.SELLER_PAYABLE))
    written = Journal.objects.filter(kind=JournalKind.SELLER_PAID).annotate(paid=paid)
    found: dict[str, int] = dict(written.values_list("key", "paid"))
    for pk, state, paise in Payout.objects.order_by("pk").values_list(
        "pk", "state", "amount_paise"
    ):
        out, back = found.pop(paid_key(pk), 0), found.pop(sent_back_key(pk), 0)
        is_right = out in {0, paise} and out == -back
        if state == PayoutState.PAID:
            is_right = (out, back) == (paise, 0)
        if not is_right or (state == PayoutState.DUE and out):
            yield f"payout {number_of(pk)}: {state} {paise} paise, booked {out} and {back}"
    for key in sorted(found):
        yield f"journal {key}: there is no such payout"


def _sellers() -> Lines:
    """What a seller is owed is what no payout covers, and what is covered and not paid yet."""
    written = Entry.objects.filter(account=Account.SELLER_PAYABLE)
    owed = _by_seller(written, "amount_paise")
    left = _by_seller(open_entries(), "amount_paise")
    due = _by_seller(Payout.objects.filter(state=PayoutState.DUE), "amount_paise")
    for seller in sorted({*owed, *left, *due}):
        books, rest = -owed.get(seller, 0), due.get(seller, 0) - left.get(seller, 0)
        if books != rest:
            yield f"seller {seller}: owed {books} paise, but payouts leave {rest}"


def _overpaid() -> Lines:
    """Of sellers who owe us: no payout went to the bank that was more than was owed then."""
    written = Entry.objects.filter(account=Account.SELLER_PAYABLE)
    behind = [seller for seller, paise in _by_seller(written, "amount_paise").items() if paise > 0]
    sold = written.exclude(journal__kind=JournalKind.SELLER_PAID)
    sent = Payout.objects.filter(seller__in=behind, batch__exported_at__isnull=False)
    sent = sent.exclude(state=PayoutState.FAILED).select_related("batch")
    for each in sent.order_by("pk"):
        at = each.batch.exported_at
        owed = _paise(sold.filter(seller=each.seller_id, journal__at__lte=at))
        gone = _paise(sent.filter(seller=each.seller_id, batch__exported_at__lte=at))
        if gone > -owed:
            yield f"payout {each.number}: {gone} paise were sent by then, {-owed} were owed"


def _by_seller(rows: QuerySet[Any], column: str) -> dict[int, int]:
    sums = rows.order_by().values("seller").annotate(total=Sum(column))
    return dict(sums.values_list("seller", "total"))


def _paise(rows: QuerySet[Any]) -> int:
    total: int | None = rows.aggregate(total=Sum("amount_paise"))["total"]
    return total or 0
