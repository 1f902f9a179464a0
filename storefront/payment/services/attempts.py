"""An attempt to pay: written down first, then opened at the provider."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.compiled import compiled
from storefront.core.statements import rows_of
from storefront.order.models import Line, Order
from storefront.order.rules import OrderState
from storefront.order.services import cancel_unpaid, lock_order
from storefront.payment.gateways.base import Gateway, GatewayRefused, PageRequest, UnknownThere
from storefront.payment.gateways.registry import gateway_of, main_gateway
from storefront.payment.models import PaymentAttempt
from storefront.payment.queries import attempts_of, promised, standing, was_sent
from storefront.payment.rules import LIVE, AttemptState
from storefront.payment.services.promises import drop_promise, due_online
from storefront.payment.services.refusals import NotPayable
from storefront.payment.services.starts import TooManyStarts, write_counted
from storefront.payment.services.sync import sync

logger = logging.getLogger(__name__)
# Stripe wants at least 30 minutes between opening a page and its end.
SHORTEST_PAGE = timedelta(minutes=31)
POLL_AFTER = timedelta(minutes=2)
OPENED = """
    UPDATE payment_paymentattempt SET provider_session = %(session)s, redirect_url = %(url)s,
        state = CASE state WHEN %(created)s THEN %(open)s ELSE state END
    WHERE id = %(pk)s AND redirect_url = '' RETURNING state
"""


def start_attempt(
    order: Order,
    *,
    now: datetime,
    gateway: Gateway | None = None,
    came_from: str = "",
    new_with: int | None = None,
) -> PaymentAttempt:
    """
    Write an attempt down, with the exact request for the provider; inside a transaction.

    The order stays payable as long as the page: nobody's page closes while they type.
    `came_from` is the buyer's network address. `new_with`: the order was written just now, with
    so many pieces, so nobody has tried to pay it.

    Raises:
        TooManyStarts: too many payments were started from there, or by this buyer, in an hour.
    """
    provider = gateway or main_gateway()
    until = max(order.payable_until or now, now + SHORTEST_PAGE)
    if until != order.payable_until:
        order.payable_until = until
        order.save(update_fields=["payable_until"])
    earlier = attempts_of(order) if new_with is None else []
    attempt = PaymentAttempt(
        order=order,
        sequence=len(earlier) + 1,
        provider=provider.name,
        amount_paise=due_online(order, standing(earlier)),
        expires_at=until,
        next_sync_at=now + POLL_AFTER,
    )
    pieces = sum(_quantities(order.pk)) if new_with is None else new_with
    attempt.request = provider.request(_page(order, attempt, pieces))
    return write_counted(attempt, came_from=came_from, now=now)


def open_page(attempt: PaymentAttempt) -> str:
    """
    Open the payment page of an attempt and return its address; no transaction may be open.

    Asked twice, the same page comes back: the provider knows the key.

    Raises:
        GatewayDown: try again; the attempt stays.
        GatewayRefused: the attempt failed; a new one may be started.
    """
    if attempt.redirect_url:
        return attempt.redirect_url
    try:
        session = gateway_of(attempt.provider).create(
            attempt.request, key=f"att:{attempt.pk}:create"
        )
    except GatewayRefused as error:
        _fail(attempt, error)
        raise
    told: dict[str, Any] = {"session": session.reference, "url": session.url, "pk": attempt.pk}
    noted = rows_of(OPENED, told | {"created": AttemptState.CREATED, "open": AttemptState.OPEN})
    if noted:
        attempt.provider_session, attempt.redirect_url = session.reference, session.url
        [[attempt.state]] = noted
    else:  # somebody else opened it just now
        attempt.refresh_from_db()
    return session.url


def pay_again(order: Order, *, now: datetime, came_from: str = "") -> PaymentAttempt:
    """
    Return the attempt with which the buyer can go on paying; a new one if the last is over.

    An order that is to be paid at the door may be paid online until a parcel of it is sent.

    Raises:
        NotPayable: the order does not wait for payment, or no longer.
        TooManyStarts: it was tried too often.
    """
    with transaction.atomic():
        locked = lock_order(order.pk)
        is_waiting = locked.status == OrderState.PENDING_PAYMENT
        if not is_waiting and not (promised(locked) and locked.status == OrderState.CONFIRMED):
            raise NotPayable(gettext("This order does not wait for payment."))
        if not is_waiting and was_sent(locked):
            raise NotPayable(gettext("A parcel is on its way. Please pay the courier."))
        if not is_waiting and locked.cancellations.exists():
            raise NotPayable(
                gettext("Pieces were taken back. Please pay the courier for the rest.")
            )
        if is_waiting and locked.payable_until and locked.payable_until <= now:
            raise NotPayable(gettext("The time to pay this order is over."))
        live = locked.attempts.filter(state__in=LIVE).first()
        if live is None and locked.attempts.count() >= settings.PAYMENT_ATTEMPTS_AN_ORDER:
            raise TooManyStarts(gettext("This order was tried to be paid too often."))
        return live or start_attempt(locked, now=now, came_from=came_from)


def page_to_pay(order: Order, *, now: datetime, came_from: str = "") -> PaymentAttempt:
    """
    Return an attempt whose page is open, so that the buyer can go on paying.

    Raises:
        NotPayable, TooManyStarts: as `pay_again`.
        GatewayDown, GatewayRefused: as `open_page`.
    """
    attempt = pay_again(order, now=now, came_from=came_from)
    try:
        open_page(attempt)
    except GatewayRefused:
        if attempt.created_at >= now:
            raise
        # Written down while the provider was down, it is too old to be opened: take another.
        attempt = pay_again(order, now=now, came_from=came_from)
        open_page(attempt)
    return attempt


def give_up(
    order: Order, *, reason: str, by: User | None = None, overdue_at: datetime | None = None
) -> bool:
    """
    Cancel an unpaid order, the provider's page first; return whether it is cancelled now.

    False: money is on its way or has come, or the buyer got more time than `overdue_at` (another
    way to pay, say), so the order stays.
    """
    for attempt in order.attempts.filter(state__in=LIVE).order_by("sequence"):
        close_page(attempt)
    with transaction.atomic():
        locked = lock_order(order.pk)
        waiting = locked.status == OrderState.PENDING_PAYMENT
        if overdue_at and locked.payable_until and locked.payable_until > overdue_at:
            waiting = False
        if waiting and not locked.attempts.filter(state__in=LIVE).exists():
            drop_promise(locked, promised(locked))
            cancel_unpaid(locked, reason=reason, by=by)
    return locked.status == OrderState.CANCELLED


def close_page(attempt: PaymentAttempt) -> None:
    """Close the page of an attempt, and look what became of it."""
    try:
        if not attempt.provider_session:
            open_page(attempt)  # learns the page that a crash made us forget
        gateway_of(attempt.provider).expire(attempt.provider_session or "")
        sync(attempt)
    except GatewayRefused as error:
        if attempt.provider_session and not isinstance(error, UnknownThere):
            raise
        _fail(attempt, error)


def _fail(attempt: PaymentAttempt, error: GatewayRefused) -> None:
    """Note that there is no page, unless somebody else found one meanwhile."""
    logger.error("no payment page for attempt %s: %s", attempt.pk, error.reason)
    known = {"pk": attempt.pk, "provider_session": attempt.provider_session}
    PaymentAttempt.objects.filter(**known, state__in=LIVE).update(
        state=AttemptState.FAILED, failure=error.reason[:60], next_sync_at=None
    )


def _page(order: Order, attempt: PaymentAttempt, pieces: int) -> PageRequest:
    address = order.shipping_address
    assert address is not None, "only orders with an address are placed"
    link = f"{settings.SHOP_URL}/{order.language}/orders/{order.token}/"
    return PageRequest(
        attempt=str(attempt.pk),
        order_number=order.number,
        amount_paise=attempt.amount_paise,
        email=order.email,
        language=order.language,
        success_url=f"{link}paid/",
        cancel_url=link,
        expires_at=attempt.expires_at,
        name=address.first_name,
        phone=str(address.phone_number),
        address={
            "line1": address.line1,
            "line2": address.line2,
            "city": address.line4,
            "state": address.state,
            "postal_code": address.postcode,
            "country": address.country_id,
        },
        pieces=pieces,
    )


@compiled
def _quantities(order_id: int) -> QuerySet[Line, int]:
    return Line.objects.filter(order=order_id).values_list("quantity", flat=True)
