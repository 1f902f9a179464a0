"""A parcel that was paid online arrives: the buyer says so, or nobody says anything for days."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.fulfilment.queries import without_word
from storefront.fulfilment.rules import ARRIVED
from storefront.fulfilment.services.letters import tell_arrived
from storefront.fulfilment.services.parcels import NotNow, check_left, locked
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import SellerOrderState
from storefront.order.services import move_part
from storefront.payment.queries import is_cash_awaited, is_on_hold
from storefront.payment.services.earnings import book_earned

logger = logging.getLogger(__name__)
# The clock has other things to do every few seconds; five minutes later come the next ones.
AT_ONCE = 300


def say_arrived(part: SellerOrder, *, by: User | None, now: datetime) -> SellerOrder:
    """
    Take the buyer's word that a part has arrived; asked twice, nothing more happens.

    Raises:
        NotNow: it was not sent or was cancelled, its cash is to be collected, or its order is
            on hold.
    """
    return _arrive(part, by=by, reason="the buyer said so", now=now)


def count_as_arrived(*, now: datetime) -> int:
    """
    Count parts as arrived of which nobody said anything for `ARRIVED_AFTER_DAYS`, some at once.

    Return how many. Each is a transaction of its own, in pk order; what changed since it was
    found is left as it is.
    """
    reason = f"no word for {settings.ARRIVED_AFTER_DAYS} days"
    done = 0
    for part in without_word(now=now)[:AT_ONCE]:
        try:
            _arrive(part, by=None, reason=reason, now=now, is_assumed=True)
            done += 1
        except NotNow as refusal:
            logger.info("Part %s stays: %s", part.pk, refusal)
        except Exception:  # one that cannot be done must not keep the others waiting
            logger.exception("Part %s stays", part.pk)
    return done


@transaction.atomic(durable=True)
def _arrive(
    part: SellerOrder, *, by: User | None, reason: str, now: datetime, is_assumed: bool = False
) -> SellerOrder:
    order, fresh = locked(part)
    if fresh.state in ARRIVED:
        return fresh
    why_not = _why_not(order, fresh)
    if why_not:
        raise NotNow(why_not)
    check_left(fresh, at=now)
    arrived = move_part(fresh, new=SellerOrderState.DELIVERED, by=by, reason=reason)
    book_earned(arrived)
    tell_arrived(arrived, is_assumed=is_assumed)
    return arrived


def _why_not(order: Order, part: SellerOrder) -> str:
    """Return why a part cannot be said to have arrived, in words for its buyer."""
    if part.state == SellerOrderState.CANCELLED:
        return gettext("This part of the order was cancelled.")
    if part.state != SellerOrderState.SHIPPED:
        return gettext("This parcel has not left yet.")
    if is_cash_awaited(part):
        return gettext("This parcel counts as arrived when the courier has taken your cash.")
    if is_on_hold(order):
        return gettext("The payment is being questioned. Please say it again when that is over.")
    return ""
