"""Another way to pay for the same order: at the door after all."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from storefront.core.clock import INDIA
from storefront.core.money import ZERO
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import lock_order, prepaid_of, take_back_prepaid
from storefront.payment.gateways.base import Purchase
from storefront.payment.gateways.registry import chosen
from storefront.payment.models import PaymentAttempt, PaymentTerms
from storefront.payment.queries import CASH, promised, terms_on
from storefront.payment.rules import LIVE, AttemptState
from storefront.payment.services.attempts import close_page
from storefront.payment.services.promises import promise
from storefront.payment.services.refusals import NotPayable


def pay_at_door(order: Order, *, now: datetime, came_from: str = "") -> PaymentAttempt:
    """
    Let an unpaid order be paid at the door; asked twice, the same promise comes back.

    The provider's page is closed first. If money came meanwhile, it pays the order. No
    transaction may be open.

    Raises:
        NotPayable: the order is paid or cancelled, or a bank still works on a payment.
        WayRefused: this order cannot be paid at the door.
        GatewayDown, GatewayRefused: the page may be open still, so nothing changed.
    """
    if not promised(order):
        # Before the page is closed: who may not pay at the door can still pay there.
        chosen(CASH, purchase_of(order, now=now))
        for attempt in order.attempts.filter(state__in=LIVE).order_by("sequence"):
            _set_aside(attempt)
    with transaction.atomic(durable=True):
        locked = lock_order(order.pk)
        standing = promised(locked)
        if standing is not None:
            return standing
        if locked.status != OrderState.PENDING_PAYMENT:
            raise NotPayable(gettext("This order does not wait for payment."))
        if locked.payable_until and locked.payable_until <= now:
            raise NotPayable(gettext("The time to pay this order is over."))
        if locked.attempts.filter(state__in=LIVE).exists():
            raise NotPayable(gettext("Your bank still works on a payment. Please wait a little."))
        take_back_prepaid(locked)
        chosen(CASH, purchase_of(locked, now=now))
        return promise(locked, now=now, came_from=came_from)


def price_at_door(order: Order, *, terms: PaymentTerms | None) -> Decimal:
    """Return what an unpaid order will cost at the door by these terms, in whole rupees."""
    fee = terms.cash_fee if terms else ZERO
    return (order.total_incl_tax + prepaid_of(order) + fee).quantize(Decimal(1), ROUND_HALF_UP)


def purchase_of(order: Order, *, now: datetime, lead_days: int | None = None) -> Purchase:
    """
    Return what decides how an order may be paid, without what paying at the door costs.

    `lead_days` of its slowest line are asked for, unless the caller knows them.
    """
    address = order.shipping_address
    if lead_days is None:
        lead_days = order.lines.aggregate(days=Max("product__lead_days"))["days"] or 0
    return Purchase(
        total=order.total_incl_tax,
        terms=terms_on(now.astimezone(INDIA).date()),
        lead_days=lead_days,
        pin=address.postcode if address else "",
        email=order.email,
        phone=str(address.phone_number) if address else "",
    )


def _set_aside(attempt: PaymentAttempt) -> None:
    """
    Close an attempt's page; one whose address nobody ever got needs no closing.

    So a provider that is down keeps nobody from paying at the door. Should such a page exist and
    be paid all the same, its money is found, and wins.
    """
    unseen = PaymentAttempt.objects.filter(pk=attempt.pk, provider_session=None, state__in=LIVE)
    if not unseen.update(state=AttemptState.EXPIRED, failure="set-aside", next_sync_at=None):
        close_page(attempt)
