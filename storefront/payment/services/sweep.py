"""What runs every minute: unpaid orders end, and lost messages are made up for."""

import logging
from datetime import datetime

from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.models import PaymentAttempt
from storefront.payment.services.attempts import give_up
from storefront.payment.services.events import waiting, work
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sync import sync

logger = logging.getLogger(__name__)
AT_ONCE = 200


def sweep(*, now: datetime) -> int:
    """End the orders whose time to pay is over; return how many were cancelled."""
    overdue = Order.objects.filter(status=OrderState.PENDING_PAYMENT, payable_until__lte=now)
    cancelled = 0
    for order in overdue.order_by("payable_until", "pk")[:AT_ONCE]:
        try:
            cancelled += give_up(order, reason="not paid in time")
        except (GatewayDown, GatewayRefused) as error:
            # The page could not be closed, so money may still come: keep the stock, try again.
            logger.warning("order %s stays: %s", order.number, error)
    return cancelled


def poll(*, now: datetime) -> int:
    """Look again at attempts and messages that wait; return how many were looked at."""
    looked = 0
    due = PaymentAttempt.objects.filter(next_sync_at__lte=now).exclude(provider_session=None)
    for attempt in due.order_by("next_sync_at", "pk")[:AT_ONCE]:
        try:
            sync(attempt)
        except (GatewayDown, GatewayRefused) as error:
            logger.warning("attempt %s stays: %s", attempt.pk, error)
        looked += 1
    for event_id in waiting():
        work(event_id)
        looked += 1
    send_refunds()
    return looked
