"""Promising to pay at the door, and letting the promise fall; always with the order locked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings

from storefront.core.clock import INDIA
from storefront.core.money import ZERO, from_paise, share, to_paise
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import SellerOrderState
from storefront.order.services import charge_more
from storefront.payment.models import CashPart, CashPromise, PaymentAttempt
from storefront.payment.queries import CASH, terms_on
from storefront.payment.rules import AttemptState, CashState, in_whole_rupees
from storefront.payment.services.books import paise_of
from storefront.payment.services.codes import send_code
from storefront.payment.services.starts import write_counted


def promise(order: Order, *, now: datetime, came_from: str = "") -> PaymentAttempt:
    """
    Write down that an order will be paid at the door, parcel by parcel, and send a code.

    What paying at the door costs becomes part of each parcel's delivery. The buyer has half an
    hour to type the code; then the sweep cancels the order.

    Raises:
        TooManyStarts: as for payments online.
    """
    parts = list(order.seller_orders.order_by("pk"))
    fees = _fees(parts, now)
    charge_more(order, dict(zip(parts, fees, strict=True)))
    dues = [paise_of(part) for part in parts]
    amounts = in_whole_rupees(dues)
    order.payable_until = now + timedelta(minutes=settings.CASH_CONFIRM_MINUTES)
    order.save(update_fields=["payable_until"])
    attempt = PaymentAttempt(
        order=order,
        sequence=order.attempts.count() + 1,
        provider=CASH,
        amount_paise=sum(amounts),
        state=AttemptState.PROMISED,
        request={},
        expires_at=order.payable_until,
    )
    write_counted(attempt, came_from=came_from, now=now)
    CashPart.objects.bulk_create(
        CashPart(
            seller_order=part,
            attempt=attempt,
            due_paise=due,
            amount_paise=amount,
            fee_paise=to_paise(fee),
        )
        for part, due, amount, fee in zip(parts, dues, amounts, fees, strict=True)
    )
    CashPromise.objects.create(attempt=attempt, code_asked_at=now)
    send_code.enqueue(str(attempt.pk), 1)
    return attempt


def drop_promise(order: Order, attempt: PaymentAttempt | None) -> bool:
    """
    Let an order's standing promise fall, with what it costs; return whether it could.

    It cannot once a courier has collected anything, a parcel came back, or pieces were taken back.
    """
    if attempt is None:
        return False
    cash = list(attempt.cash_parts.select_related("seller_order").order_by("pk"))
    is_begun = any(each.state != CashState.TO_COLLECT for each in cash)
    if is_begun or order.cancellations.exists():
        return False
    attempt.cash_parts.update(state=CashState.DROPPED)
    attempt.state = AttemptState.EXPIRED
    attempt.save(update_fields=["state", "updated_at"])
    charge_more(order, {each.seller_order: -from_paise(each.fee_paise) for each in cash})
    return True


def lower_cash(part: SellerOrder) -> None:
    """
    Let the courier collect less, or nothing, after pieces of a part were taken back.

    Called with the order locked, before the parcel left. A promise of which nothing is left has
    failed; money that comes by an open page then goes back.
    """
    cash = CashPart.objects.select_related("attempt").get(seller_order=part)
    if part.state == SellerOrderState.CANCELLED:
        cash.state = CashState.DROPPED
    else:
        cash.due_paise = paise_of(part)
        [cash.amount_paise] = in_whole_rupees([cash.due_paise])
    cash.save(update_fields=["state", "due_paise", "amount_paise"])
    left = cash.attempt.cash_parts.exclude(state=CashState.DROPPED)
    if not left.exists():
        cash.attempt.state = AttemptState.FAILED
    cash.attempt.amount_paise = sum(left.values_list("amount_paise", flat=True)) or 1
    cash.attempt.save(update_fields=["state", "amount_paise", "updated_at"])


def due_online(order: Order, promise: PaymentAttempt | None) -> int:
    """
    Return what an order costs in paise when it is paid online: nothing for the door.

    `promise` is its standing promise to pay there, if there is one.
    """
    fees = promise.cash_parts.values_list("fee_paise", flat=True) if promise else ()
    return to_paise(order.total_incl_tax) - sum(fees)


def _fees(parts: Sequence[SellerOrder], now: datetime) -> list[Decimal]:
    """Return each part's share of what paying at the door costs, in rupees."""
    terms = terms_on(now.astimezone(INDIA).date())
    fee = terms.cash_fee if terms else ZERO
    return share(fee, [part.items_total + part.shipping_charge for part in parts])
