"""Cash that couriers collected, did not collect, and brought to our bank account."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.machine import check_move
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.ledger import rules as ledger
from storefront.ledger.rules import JournalKind
from storefront.ledger.services import post
from storefront.order.models import SellerOrder
from storefront.order.rules import SellerOrderState
from storefront.order.services import letter_context, lock_order, write_to_buyer
from storefront.payment.models import CashPart, PaymentAttempt, Refund, Strike
from storefront.payment.queries import CASH
from storefront.payment.rules import (
    CASH_MOVES,
    AttemptState,
    CashState,
    MoneyKind,
    RefundState,
)
from storefront.payment.services.books import book


class NotRemitted(Refusal):
    """The bank's reference is missing, or a parcel's cash was not collected."""

    code = "not-remitted"


def book_collected(cash: CashPart, *, by: User | None, now: datetime) -> None:
    """
    Book the cash of a parcel; called with the order locked.

    It pays the seller's part. If the order was paid online meanwhile, it is the buyer's and goes
    back by bank transfer, which a person does.

    Raises:
        IllegalMove: it was collected or refused already.
    """
    is_second = cash.state == CashState.DROPPED
    part, attempt = cash.seller_order, cash.attempt
    cash.collected_at, cash.collected_by, cash.is_overpaid = now, by, is_second
    _move(cash, CashState.COLLECTED, "collected_at", "collected_by", "is_overpaid")
    if cash.amount_paise:
        book(
            attempt,
            MoneyKind.COD_COLLECTED,
            reference=part.number,
            paise=cash.amount_paise,
        )
    if is_second:
        _give_back(cash)
        return
    rounding = cash.amount_paise - cash.due_paise
    if rounding:
        kind = MoneyKind.ROUNDED_UP if rounding > 0 else MoneyKind.ROUNDED_DOWN
        book(attempt, kind, reference=part.number, paise=rounding)
    post(
        JournalKind.SALE,
        key=f"sale:{part.number}:cash",
        postings=ledger.sale({part.seller_id: cash.due_paise}),
        order=attempt.order,
    )
    _settle(attempt)


def note_refused(cash: CashPart, *, by: User | None) -> None:
    """
    Note that a buyer did not take and pay a parcel; called with the order locked.

    Raises:
        IllegalMove: its cash is not to be collected.
    """
    order = cash.attempt.order
    _move(cash, CashState.REFUSED)
    phone = order.shipping_address.phone_number if order.shipping_address else ""
    Strike.objects.create(
        seller_order=cash.seller_order, email=order.email.lower(), phone=str(phone), by=by
    )
    _settle(cash.attempt)


def remit(parts: Iterable[SellerOrder], *, reference: str, by: User | None, now: datetime) -> int:
    """
    Book a courier's transfer of collected cash to our bank account; return for how many parcels.

    `reference` is the bank's (UTR). Asked twice with the same reference, it is booked once.

    Raises:
        NotRemitted: no reference, or cash that was not collected, or came with another one.
    """
    name = " ".join(reference.split())[:60]
    if not name:
        raise NotRemitted(gettext("Please give the bank's reference of the transfer."))
    with transaction.atomic(durable=True):
        wanted = sorted(parts, key=lambda part: (part.order_id, part.pk))
        return sum(_remit(part, name, now) for part in wanted)


def _remit(part: SellerOrder, name: str, now: datetime) -> bool:
    lock_order(part.order_id)
    cash = CashPart.objects.select_related("seller_order", "attempt__order").get(seller_order=part)
    if cash.state == CashState.REMITTED and cash.bank_reference == name:
        return False
    if cash.state != CashState.COLLECTED:
        raise NotRemitted(
            gettext("The cash of parcel %(number)s does not wait for a transfer.")
            % {"number": part.number}
        )
    cash.remitted_at, cash.bank_reference = now, name
    _move(cash, CashState.REMITTED, "remitted_at", "bank_reference")
    if cash.amount_paise:
        book(
            cash.attempt,
            MoneyKind.COD_REMITTED,
            reference=part.number,
            paise=cash.amount_paise,
        )
    return True


def _give_back(cash: CashPart) -> None:
    """Write what the buyer paid twice as a refund that a person makes, and tell the buyer."""
    order = cash.attempt.order
    Refund.objects.create(
        order=order,
        attempt=cash.attempt,
        charge=cash.seller_order.number,
        amount_paise=cash.amount_paise,
        reason="paid-twice",
        automatic_for=f"{CASH}:{cash.seller_order.number}",
        state=RefundState.REVIEW,
    )
    write_to_buyer(order, "cash_twice", letter_context(order) | {"amount": grouped(cash.amount)})


def _settle(attempt: PaymentAttempt) -> None:
    """End a promise when no parcel of it is left to be paid."""
    cash = attempt.cash_parts.exclude(seller_order__state=SellerOrderState.CANCELLED)
    if attempt.state != AttemptState.PROMISED or cash.filter(state=CashState.TO_COLLECT).exists():
        return
    taken = attempt.cash_parts.filter(state__in=[CashState.COLLECTED, CashState.REMITTED])
    attempt.state = AttemptState.CAPTURED if taken.exists() else AttemptState.FAILED
    attempt.save(update_fields=["state", "updated_at"])


def _move(cash: CashPart, new: CashState, *columns: str) -> None:
    check_move(CASH_MOVES, old=CashState(cash.state), new=new)
    cash.state = new
    cash.save(update_fields=["state", *columns])
