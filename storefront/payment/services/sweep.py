"""What runs every minute: unpaid orders end, and lost messages are made up for."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import Q

from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.models import PaymentAttempt
from storefront.payment.services.attempts import close_page, give_up
from storefront.payment.services.events import work_waiting
from storefront.payment.services.refunds import send_refunds
from storefront.payment.services.sync import POLL_AGAIN, sync

logger = logging.getLogger(__name__)
AT_ONCE = 200
# So many in a row that cannot be asked of the provider mean that it is down: try next time.
DOWN_AFTER = 3

Thing = TypeVar("Thing", Order, PaymentAttempt)


def sweep(*, now: datetime) -> int:
    """End the orders whose time to pay is over; return how many were cancelled."""
    overdue = Order.objects.filter(status=OrderState.PENDING_PAYMENT, payable_until__lte=now)
    unpaid = overdue.order_by("payable_until", "pk")[:AT_ONCE]
    # Where the page could not be closed, money may still come: the stock is kept.
    ended = each_apart(
        unpaid, lambda order: give_up(order, reason="not paid in time", overdue_at=now)
    )
    return sum(ended)


def poll(*, now: datetime) -> int:
    """Look again at attempts and messages that wait; return how many were looked at."""
    # One whose page nobody noted is left to its buyer until its time is over.
    due = PaymentAttempt.objects.filter(
        Q(provider_session__isnull=False) | Q(expires_at__lte=now), next_sync_at__lte=now
    )
    looked = len(
        each_apart(due.order_by("next_sync_at", "pk")[:AT_ONCE], lambda it: _look(it, now))
    )
    looked += work_waiting(now=now)
    send_refunds()
    return looked


def _look(attempt: PaymentAttempt, now: datetime) -> bool:
    """Look at one attempt; should it fail, the others come first the next time."""
    PaymentAttempt.objects.filter(pk=attempt.pk).update(next_sync_at=now + POLL_AGAIN)
    if attempt.provider_session:
        sync(attempt)
    else:
        close_page(attempt)
    return True


def each_apart(things: Iterable[Thing], do: Callable[[Thing], bool]) -> list[bool]:
    """Do something with each, whatever becomes of the others; return what came of those done."""
    done: list[bool] = []
    down = 0
    for thing in things:
        try:
            done.append(do(thing))
            down = 0
        except (GatewayDown, GatewayRefused) as error:
            logger.warning("%s %s stays: %s", type(thing).__name__, thing.pk, error)
            down = down + 1 if isinstance(error, GatewayDown) else 0
        except Exception:  # one that cannot be done must not keep the others waiting
            logger.exception("%s %s stays", type(thing).__name__, thing.pk)
        if down == DOWN_AFTER:
            break
    return done
