"""What sellers are owed and no payout covers, and the statements of those that were made."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from storefront.core.money import from_paise, to_paise
from storefront.ledger.models import Entry
from storefront.ledger.rules import Account, JournalKind
from storefront.order.models import SellerOrder, StateChange
from storefront.order.rules import SellerOrderState
from storefront.partner.models import Partner
from storefront.payment.queries import orders_in_question
from storefront.payouts.models import Payout, PayoutBatch, PayoutLine
from storefront.payouts.rules import (
    DEDUCTIONS,
    Item,
    PartOwed,
    PayoutState,
    Terms,
    item_of,
)

# Ids of a payout and of an order, a name, and paise as the books sign them
Rows = Iterable[tuple[int, int, str, int]]


def terms_now() -> Terms:
    """Return the terms of paying sellers, as the settings have them."""
    return Terms(days=settings.PAYOUT_AFTER_DAYS, least_paise=to_paise(settings.PAYOUT_LEAST))


def open_entries() -> QuerySet[Entry]:
    """Return what was written of sellers' money and no payout covers; failed ones cover nothing."""
    return _not_in(PayoutLine.objects.filter(is_alive=True))


def entries_to_come(seller: Partner) -> QuerySet[Entry]:
    """Return what was written of a seller's money and did not go to the bank yet."""
    gone = PayoutLine.objects.filter(is_alive=True, payout__batch__exported_at__isnull=False)
    return _not_in(gone).filter(seller=seller)


def coming(seller: Partner) -> list[PartOwed]:
    """Return the seller's parts of which money did not go to the bank yet, the oldest first."""
    found = parts_owed(entries_to_come(seller)).get(seller.pk, [])
    return [part for part in found if part.paise]


def _not_in(lines: QuerySet[PayoutLine]) -> QuerySet[Entry]:
    written = Entry.objects.filter(account=Account.SELLER_PAYABLE)
    written = written.exclude(journal__kind=JournalKind.SELLER_PAID)
    return written.filter(~Exists(lines.filter(entry=OuterRef("pk"))))


def parts_owed(entries: QuerySet[Entry]) -> dict[int, list[PartOwed]]:
    """Return the parts that these entries are of, the oldest first, by ids of sellers."""
    sums: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    columns = ("pk", "seller_id", "journal__order_id", "amount_paise")
    for pk, seller, order, paise in entries.order_by("pk").values_list(*columns):
        sums[seller, order].append((pk, -paise))
    mine = entries.filter(journal__order=OuterRef("order"), seller=OuterRef("seller"))
    arrived = StateChange.objects.filter(
        seller_order=OuterRef("pk"), new=SellerOrderState.DELIVERED
    )
    parts = SellerOrder.objects.filter(Exists(mine)).annotate(
        arrived_at=Subquery(arrived.order_by("pk").values("at")[:1]),
        is_questioned=Exists(orders_in_question().filter(pk=OuterRef("order"))),
    )
    found: dict[int, list[PartOwed]] = defaultdict(list)
    facts = ("seller_id", "order_id", "number", "state", "arrived_at", "is_questioned")
    for seller, order, number, state, arrived_at, is_questioned in parts.order_by("pk").values_list(
        *facts
    ):
        rows = sums.get((seller, order), [])
        found[seller].append(
            PartOwed(
                number=number,
                paise=sum(paise for _, paise in rows),
                entries=tuple(pk for pk, _ in rows),
                state=SellerOrderState(state),
                arrived_at=arrived_at,
                is_questioned=is_questioned,
            )
        )
    return found


def not_covered(batch: PayoutBatch) -> list[Payout]:
    """
    Return the payouts of a batch that must not go to the bank as they are.

    The seller is owed less by now than all payouts that are due, or money of an order that is
    covered is in question.
    """
    entries = Entry.objects.filter(account=Account.SELLER_PAYABLE, seller=OuterRef("seller"))
    due = Payout.objects.filter(state=PayoutState.DUE, seller=OuterRef("seller"))
    asked = PayoutLine.objects.filter(
        payout=OuterRef("pk"), entry__journal__order__in=orders_in_question()
    )
    found = batch.payouts.filter(state=PayoutState.DUE).annotate(
        written=Coalesce(Subquery(_sum(entries)), 0),
        wanted=Subquery(_sum(due)),
        is_questioned=Exists(asked),
    )
    # What is owed is written with a minus.
    wrong = found.filter(Q(is_questioned=True) | Q(written__gt=-F("wanted")))
    return list(wrong.select_related("seller").order_by("pk"))


def _sum(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the sum of the amounts of one seller's rows, for a subquery."""
    sums: QuerySet[Any] = rows.order_by().values("seller").annotate(sum=Sum("amount_paise"))
    return sums.values("sum")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What a payout covers of one part, in signed paise by item."""

    number: str
    amounts: dict[Item, int]

    @property
    def total(self) -> Decimal:
        """Return what the seller gets of the part, in rupees; negative if it is taken off."""
        return from_paise(sum(self.amounts.values()))


@dataclass(frozen=True, slots=True)
class Statement:
    """All that a payout covers, part by part."""

    rows: list[StatementRow] = field(default_factory=list)

    def of(self, *items: Item) -> Decimal:
        """Return these items of all parts, in rupees."""
        return from_paise(sum(row.amounts.get(item, 0) for row in self.rows for item in items))


def statements(payouts: Sequence[Payout]) -> dict[int, Statement]:
    """Return the statements of payouts by their ids; three queries, however many."""
    amounts: dict[tuple[int, int], dict[Item, int]] = defaultdict(lambda: defaultdict(int))
    for payout, order, kind, paise in _moved(payouts):
        amounts[payout, order][item_of(JournalKind(kind))] -= paise
    for payout, order, account, paise in _kept(payouts):
        amounts[payout, order][DEDUCTIONS[Account(account)]] += paise
    numbers = _numbers({order for _, order in amounts}, payouts)
    found = {payout.pk: Statement() for payout in payouts}
    sellers = {payout.pk: payout.seller_id for payout in payouts}
    for (payout_id, order_id), items in sorted(amounts.items()):
        number = numbers[order_id, sellers[payout_id]]
        found[payout_id].rows.append(StatementRow(number, dict(items)))
    return found


def _moved(payouts: Sequence[Payout]) -> Rows:
    """Return what was sold and taken back, by payout, order and kind, as the books sign it."""
    lines = PayoutLine.objects.filter(payout__in=payouts)
    lines = lines.exclude(entry__journal__kind=JournalKind.EARNED)
    sums = lines.order_by().values("payout", "entry__journal__order", "entry__journal__kind")
    return sums.annotate(paise=Sum("entry__amount_paise")).values_list(
        "payout", "entry__journal__order", "entry__journal__kind", "paise"
    )


def _kept(payouts: Sequence[Payout]) -> Rows:
    """Return what the shop and the tax office kept, by payout, order and account."""
    line = "journal__entries__payout_lines__payout"
    beside = Entry.objects.filter(
        Q(**{f"{line}__in": payouts}), account__in=DEDUCTIONS, journal__kind=JournalKind.EARNED
    )
    sums: QuerySet[Any] = beside.order_by().values(line, "journal__order", "account")
    rows: Rows = sums.annotate(paise=Sum("amount_paise")).values_list(
        line, "journal__order", "account", "paise"
    )
    return rows


def _numbers(orders: Iterable[int], payouts: Sequence[Payout]) -> dict[tuple[int, int], str]:
    parts = SellerOrder.objects.filter(
        order__in=orders, seller__in={payout.seller_id for payout in payouts}
    )
    columns = ("order_id", "seller_id", "number")
    return {(order, seller): number for order, seller, number in parts.values_list(*columns)}


def batches() -> QuerySet[PayoutBatch]:
    """Return all batches with their makers, the newest first."""
    return PayoutBatch.objects.select_related("made_by", "approved_by").order_by("-pk")


def payouts_in(batch: PayoutBatch) -> list[Payout]:
    """Return a batch's payouts with their sellers."""
    return list(batch.payouts.select_related("seller").order_by("pk"))


def payouts_of(seller: Partner) -> QuerySet[Payout]:
    """Return a seller's own payouts that went to the bank, the newest first."""
    return Payout.objects.for_seller(seller).select_related("batch").order_by("-pk")


def on_the_way(seller: Partner) -> Decimal:
    """Return what the bank is to pay a seller and has not yet, in rupees."""
    due = Payout.objects.for_seller(seller).filter(state=PayoutState.DUE)
    return from_paise(due.aggregate(sum=Sum("amount_paise"))["sum"] or 0)


def payout_of_seller(seller: Partner, payout_id: int) -> Payout | None:
    """Return the seller's own payout, if it went to the bank."""
    return payouts_of(seller).filter(pk=payout_id).first()
