"""The letter to a buyer who has ordered and not paid some minutes later: how to pay, until when."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django_tasks import task

from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import letter_context, write_to_buyer
from storefront.payment.models import PaymentAttempt
from storefront.payment.queries import CASH
from storefront.payment.rules import AttemptState

# Most buyers have paid by then, and get the letter that says so: one letter, not two.
AFTER = timedelta(minutes=3)


def write_if_unpaid(order: Order, *, now: datetime) -> None:
    """
    Have the worker look some minutes later whether an order that was just placed is paid.

    Without a worker nothing can happen later, and nothing does.
    """
    if tell_how_to_pay.get_backend().supports_defer:
        tell_how_to_pay.using(run_after=now + AFTER).enqueue(order.pk)


@task()
def tell_how_to_pay(order_id: int) -> None:
    """Write to the buyer, if the order still waits for them and for nobody's bank."""
    order = Order.objects.select_related("shipping_address", "user").get(pk=order_id)
    others = PaymentAttempt.objects.filter(order=order)
    at_work = others.filter(state=AttemptState.PROCESSING) | others.filter(provider=CASH)
    if order.status != OrderState.PENDING_PAYMENT or at_work.exists():
        return
    write_to_buyer(order, "order_received", waiting_context(order))


def waiting_context(order: Order) -> dict[str, Any]:
    """Return what the letter says: the order, and until when its pieces are kept."""
    with translation.override(order.letters_in):
        until = localtime(order.payable_until)
        kept = date_format(until, "j F, H:i")
    return letter_context(order) | {"until": kept}
