"""Booking money: its row, its journal and its line in Oscar's dashboard, in one transaction."""

from collections.abc import Callable, Iterable

from storefront.core.money import from_paise, to_paise
from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind, Posting
from storefront.ledger.services import post
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import OrderState, SellerOrderState
from storefront.payment.models import (
    MoneyMovement,
    PaymentAttempt,
    Source,
    SourceType,
    Transaction,
)
from storefront.payment.rules import MoneyKind

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


def journal_key(kind: MoneyKind, *, provider: str, reference: str) -> str:
    """Return the key of a money row's journal."""
    return f"{kind}:{provider}:{reference}"


def book(attempt: PaymentAttempt, kind: MoneyKind, *, reference: str, paise: int) -> bool:
    """
    Write a money row once, in signed paise, with its journal; return whether it is new.

    Called with the order locked.
    """
    _, is_new = MoneyMovement.objects.get_or_create(
        provider=attempt.provider,
        reference=reference,
        kind=kind,
        defaults={"order_id": attempt.order_id, "attempt": attempt, "amount_paise": paise},
    )
    if not is_new:
        return False
    journal, postings = JOURNALS[kind]
    post(
        journal,
        key=journal_key(kind, provider=attempt.provider, reference=reference),
        postings=postings(abs(paise)),
        order=attempt.order,
    )
    _show(attempt, kind, reference, abs(paise))
    return True


def book_sale(order: Order) -> None:
    """
    Write that an order was sold: a buyer's money becomes the sellers', goods and delivery.

    Called with the order locked, right after it was confirmed; once each time it is.
    """
    parts = order.seller_orders.exclude(state=SellerOrderState.CANCELLED)
    confirmed = order.moves.filter(seller_order=None, new=OrderState.CONFIRMED).count()
    post(
        JournalKind.SALE,
        key=f"sale:{order.number}:{confirmed}",
        postings=ledger.sale({part.seller_id: paise_of(part) for part in parts}),
        order=order,
    )


def book_sale_undone(order: Order, *, parts: Iterable[SellerOrder]) -> None:
    """
    Write that whole parts were not sold after all: the sellers' money is the buyer's again.

    Called with the order locked, after the parts were cancelled; once each time they are.
    """
    for part in parts:
        cancelled = part.moves.filter(new=SellerOrderState.CANCELLED).count()
        post(
            JournalKind.SALE_UNDONE,
            key=f"sale-undone:{part.number}:{cancelled}",
            postings=ledger.sale_undone({part.seller_id: paise_of(part)}),
            order=order,
        )


def paise_of(part: SellerOrder) -> int:
    """Return what a part cost the buyer in paise, goods and delivery."""
    return to_paise(part.items_total + part.shipping_charge)


def _show(attempt: PaymentAttempt, kind: MoneyKind, reference: str, paise: int) -> None:
    """Show what a buyer paid and got back in Oscar's dashboard; it knows nothing of the rest."""
    if kind not in {*PAID, MoneyKind.REFUND, MoneyKind.REFUND_FAILED}:
        return
    source_type, _ = SourceType.objects.get_or_create(
        code=attempt.provider, defaults={"name": attempt.provider.title()}
    )
    source, _ = Source.objects.get_or_create(
        order_id=attempt.order_id, source_type=source_type, defaults={"currency": "INR"}
    )
    rupees = from_paise(paise)
    if kind in PAID:
        source.debit(rupees, reference=reference)
    elif kind == MoneyKind.REFUND:
        source.refund(rupees, reference=reference)
    else:
        source.amount_refunded -= rupees
        source.save()
        Transaction.objects.create(
            source=source, txn_type="Refund failed", amount=rupees, reference=reference
        )
