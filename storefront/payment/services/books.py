"""Booking money: its row, its journal and its line in Oscar's dashboard, in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from storefront.core.inserted import insert_once
from storefront.core.kept import kept
from storefront.core.money import ZERO, from_paise, to_paise
from storefront.core.statements import execute
from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind, Posting
from storefront.ledger.services import Draft, post, post_all
from storefront.order.models import Cancellation, CancelledLine, Order, SellerOrder
from storefront.order.rules import CancellationState, OrderState, SellerOrderState
from storefront.payment.models import (
    MoneyMovement,
    PaymentAttempt,
    Refund,
    RefundLine,
    SourceType,
    Transaction,
)
from storefront.payment.rules import DisputeState, MoneyKind, RefundState

# What each kind of money row writes into the books; the amount in paise, without its sign.
JOURNALS: dict[MoneyKind, tuple[JournalKind, Callable[[int], list[Posting]]]] = {
    MoneyKind.CAPTURE: (JournalKind.MONEY_IN, ledger.money_in),
    MoneyKind.REFUND: (JournalKind.MONEY_OUT, ledger.money_out),
    MoneyKind.REFUND_FAILED: (JournalKind.MONEY_IN, ledger.money_in),
    MoneyKind.FEE: (JournalKind.FEE, ledger.fee),
    MoneyKind.DISPUTE: (JournalKind.DISPUTE, ledger.dispute_opened),
    MoneyKind.DISPUTE_WON: (JournalKind.DISPUTE_WON, ledger.dispute_won),
    MoneyKind.COD_COLLECTED: (JournalKind.MONEY_IN, ledger.collected),
    MoneyKind.COD_REMITTED: (JournalKind.REMITTED, ledger.remitted),
    MoneyKind.ROUNDED_UP: (JournalKind.ROUNDING, ledger.rounded_up),
    MoneyKind.ROUNDED_DOWN: (JournalKind.ROUNDING, ledger.rounded_down),
}
# A buyer paid.
PAID = frozenset({MoneyKind.CAPTURE, MoneyKind.COD_COLLECTED})


@dataclass(frozen=True, slots=True)
class Amounts:
    """Rows that say what was undone of lines: where their cancellation and their amount are."""

    model: type[Any]
    cancellation: str
    amount: Any


WORTH = Amounts(CancelledLine, "cancellation", F("goods") + F("delivery"))
BACK = Amounts(RefundLine, "refund__cancellation", F("amount") + F("shipping"))


def journal_key(kind: MoneyKind | JournalKind, *, provider: str, reference: str) -> str:
    """Return the key of a journal that tells of money at a provider."""
    return f"{kind}:{provider}:{reference}"


def book(attempt: PaymentAttempt, kind: MoneyKind, *, reference: str, paise: int) -> bool:
    """
    Write a money row once, in signed paise, with its journal; return whether it is new.

    Called with the order locked.
    """
    return bool(book_all(attempt, [(kind, reference, paise)]))


def book_all(
    attempt: PaymentAttempt, rows: Iterable[tuple[MoneyKind, str, int]]
) -> list[MoneyMovement]:
    """
    Write money rows (kind, reference, signed paise), each once, with its journal.

    Return the new ones. Called with the order locked.
    """
    told = {(kind, reference): paise for kind, reference, paise in rows}
    new = insert_once(
        [
            MoneyMovement(
                provider=attempt.provider,
                reference=reference,
                kind=kind,
                order_id=attempt.order_id,
                attempt=attempt,
                amount_paise=paise,
            )
            for (kind, reference), paise in told.items()
        ],
        by=["provider", "reference", "kind"],
    )
    post_all([_journal(row) for row in new], order=attempt.order)
    for row in new:
        _show(row)
    return new


def _journal(row: MoneyMovement) -> Draft:
    kind = MoneyKind(row.kind)
    journal, postings = JOURNALS[kind]
    key = journal_key(kind, provider=row.provider, reference=row.reference)
    return Draft(journal, key, postings(abs(row.amount_paise)))


def book_first_sale(order: Order, parts: Iterable[SellerOrder]) -> None:
    """
    Write that an order was sold that waited for its first money, with all its parts.

    Called with the order locked, right after it was confirmed.
    """
    _book_sale(order, {part.seller_id: _price_of(part) for part in parts}, confirmed=1)


def book_sale(order: Order) -> None:
    """
    Write that an order was sold: a buyer's money becomes the sellers', goods and delivery.

    Called with the order locked, right after it was confirmed; once each time it is.
    """
    parts = order.seller_orders.exclude(state=SellerOrderState.CANCELLED)
    is_whole = not order.cancellations.exists()
    confirmed = order.moves.filter(seller_order=None, new=OrderState.CONFIRMED).count()
    sold = {part.seller_id: _price_of(part) if is_whole else paise_of(part) for part in parts}
    _book_sale(order, sold, confirmed=confirmed)


def _book_sale(order: Order, sold: Mapping[int, int], *, confirmed: int) -> None:
    key = f"sale:{order.number}:{confirmed}"
    post(JournalKind.SALE, key=key, postings=ledger.sale(sold), order=order)


def book_undone(order: Order, part: SellerOrder, cancellation: Cancellation) -> None:
    """
    Write that pieces of a part are not sold after all: the seller's money is the buyer's again.

    What had gone back before, in the provider's dashboard, is not owed to the buyer once more:
    it was no gift then, neither of the seller whom it was allotted to nor of the shop.
    Called with the order locked, after the cancellation was carried out.
    """
    if not order.journals.filter(kind=JournalKind.SALE).exists():
        return
    worth, back = _sum(part, cancellation, WORTH), _sum(part, cancellation, BACK)
    post(
        JournalKind.SALE_UNDONE,
        key=f"undone:{cancellation.pk}:{part.number}",
        postings=[
            *ledger.sale_undone({part.seller_id: worth}),
            *_paid_back_before(part, worth - back, of=back_before(part)),
        ],
        order=order,
    )


def book_not_needed(refund: Refund) -> None:
    """
    Write that a refund of a cancellation will not be made: the buyer has the money already.

    Called with the order locked, after the refund was declined.
    """
    parts = SellerOrder.objects.filter(lines__refunded__refund=refund).distinct()
    for part in parts.order_by("pk"):
        lines = refund.lines.filter(line__seller_order=part)
        paise = to_paise(lines.aggregate(sum=Sum(BACK.amount))["sum"] or ZERO)
        post(
            JournalKind.SALE_UNDONE,
            key=f"not-needed:{refund.pk}:{part.number}",
            postings=_paid_back_before(part, paise, of=back_before(part)),
            order=refund.order,
        )


def _paid_back_before(part: SellerOrder, paise: int, *, of: int) -> list[Posting]:
    """
    Return the lines for what need not go back, because the buyer has it: the last of so many paise.

    It was a loss of the seller whom it was allotted to, or else of the shop: its gift, or what a
    bank took.
    """
    borne = allotted_to(part)
    sellers = min(of, borne) - min(of - paise, borne)
    lost = part.order.disputes.filter(state=DisputeState.LOST).exists()
    account = ledger.Account.DISPUTE_LOSS if lost else ledger.Account.GOODWILL
    return [
        Posting(ledger.Account.BUYER_MONEY, paise),
        Posting(ledger.Account.SELLER_PAYABLE, -sellers, part.seller_id),
        Posting(account, sellers - paise),
    ]


def paise_of(part: SellerOrder) -> int:
    """Return what is sold of a part in paise, goods and delivery: less what was taken back."""
    return _price_of(part) - _sum(part, None, WORTH)


def _price_of(part: SellerOrder) -> int:
    return to_paise(part.items_total + part.shipping_charge)


def allotted_to(part: SellerOrder) -> int:
    """Return how many paise of refunds made elsewhere were allotted to a part."""
    borne = Refund.objects.filter(allotted_to=part)
    return borne.aggregate(paise=Sum("amount_paise"))["paise"] or 0


def back_before(part: SellerOrder) -> int:
    """Return how many paise of what was taken back of a part had gone back before already."""
    return _sum(part, None, WORTH) - _sum(part, None, BACK)


def _sum(part: SellerOrder, cancellation: Cancellation | None, what: "Amounts") -> int:
    """Return what was undone of a part in paise, by one cancellation or by all carried out."""
    rows = what.model.objects.filter(line__seller_order=part)
    rows = rows.filter(**{f"{what.cancellation}__state": CancellationState.DONE})
    if what is BACK:
        rows = rows.exclude(refund__state=RefundState.DECLINED)
    if cancellation is not None:
        rows = rows.filter(**{what.cancellation: cancellation})
    total: Decimal | None = rows.aggregate(sum=Sum(what.amount))["sum"]
    return to_paise(total or ZERO)


@kept("RATES_KEPT_SECONDS")
def _source_types() -> dict[str, int]:
    return dict(SourceType.objects.values_list("code", "pk"))


def _new_source_type(provider: str) -> int:
    name = {"name": provider.title()}
    return SourceType.objects.get_or_create(code=provider, defaults=name)[0].pk


# With the order locked nobody else makes the source.
_SHOW = """
    WITH known AS (
        UPDATE payment_source
        SET amount_debited = amount_debited + %(debited)s,
            amount_refunded = amount_refunded + %(refunded)s
        WHERE order_id = %(order)s AND source_type_id = %(type)s
        RETURNING id
    ), made AS (
        INSERT INTO payment_source (
            order_id, source_type_id, currency, amount_allocated, amount_debited, amount_refunded,
            reference, label
        )
        SELECT %(order)s, %(type)s, 'INR', 0, %(debited)s, %(refunded)s, '', ''
        WHERE NOT EXISTS (SELECT FROM known)
        RETURNING id
    )
    INSERT INTO payment_transaction (source_id, txn_type, amount, reference, status, date_created)
    SELECT id, %(told)s, %(rupees)s, %(reference)s, '', %(at)s
    FROM (SELECT id FROM known UNION ALL SELECT id FROM made) source
"""


def _show(row: MoneyMovement) -> None:
    """Show what a buyer paid and got back in Oscar's dashboard; it knows nothing of the rest."""
    rupees = from_paise(abs(row.amount_paise))
    if row.kind in PAID:
        told, debited, refunded = Transaction.DEBIT, rupees, ZERO
    elif row.kind == MoneyKind.REFUND:
        told, debited, refunded = Transaction.REFUND, ZERO, rupees
    elif row.kind == MoneyKind.REFUND_FAILED:
        told, debited, refunded = "Refund failed", ZERO, -rupees
    else:
        return
    shown = {
        "order": row.order_id,
        "type": _source_types().get(row.provider) or _new_source_type(row.provider),
        "told": told,
        "debited": debited,
        "refunded": refunded,
        "rupees": rupees,
        "reference": row.reference,
        "at": row.at,
    }
    execute(_SHOW, shown)
