"""The letter to a buyer who has ordered and not paid some minutes later: how to pay, until when."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import letter_context, write_to_buyer
from storefront.payment.models import PaymentAttempt
from storefront.payment.queries import CASH
from storefront.payment.rules import AttemptState
from storefront.payment.services.sweep import AT_ONCE, each_apart

# Most buyers have paid by then, and get the letter that says so: one letter, not two.
AFTER = timedelta(minutes=3)


def tell_who_has_not_paid(*, now: datetime) -> int:
    """Write once to each buyer whose order waits for them, not for a bank; return how many."""
    others = PaymentAttempt.objects.filter(
        Q(state=AttemptState.PROCESSING) | Q(provider=CASH), order=OuterRef("pk")
    )
    waiting = Order.objects.filter(
        ~Exists(others),
        status=OrderState.PENDING_PAYMENT,
        told_to_pay_at=None,
        date_placed__lte=now - AFTER,
    )
    found = waiting.select_related("shipping_address", "user").order_by("pk")[:AT_ONCE]
    return sum(each_apart(found, lambda order: _tell(order, now)))


@transaction.atomic
def _tell(order: Order, now: datetime) -> bool:
    """Write to one buyer, unless the order was paid or somebody else wrote at this moment."""
    still = Order.objects.filter(
        pk=order.pk, status=OrderState.PENDING_PAYMENT, told_to_pay_at=None
    )
    if not still.update(told_to_pay_at=now):
        return False
    write_to_buyer(order, "order_received", waiting_context(order))
    return True


def waiting_context(order: Order) -> dict[str, Any]:
    """Return what the letter says: the order, and until when its pieces are kept."""
    with translation.override(order.letters_in):
        until = localtime(order.payable_until)
        kept = date_format(until, "j F, H:i")
    return letter_context(order) | {"until": kept}
