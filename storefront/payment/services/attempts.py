"""An attempt to pay: written down first, then opened at the provider."""

import logging
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.core.money import to_paise
from storefront.core.plugs import plug
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import cancel_unpaid, lock_order
from storefront.payment.gateways.base import Gateway, GatewayRefused, PageRequest, UnknownThere
from storefront.payment.models import PaymentAttempt
from storefront.payment.rules import LIVE, AttemptState
from storefront.payment.services.sync import sync

logger = logging.getLogger(__name__)
# Stripe wants at least 30 minutes between opening a page and its end.
SHORTEST_PAGE = timedelta(minutes=31)
POLL_AFTER = timedelta(minutes=2)
# Each new page keeps the pieces for another half hour; that must come to an end.
MOST_ATTEMPTS = 5


class NotPayable(Refusal):
    """The order is paid, cancelled or too old to be paid."""

    code = "not-payable"


def gateway() -> Gateway:
    """Return the shop's payment provider."""
    return cast(Gateway, plug("PAYMENT_GATEWAY")())


def start_attempt(order: Order, *, now: datetime) -> PaymentAttempt:
    """
    Write an attempt down, with the exact request for the provider; inside a transaction.

    The order stays payable as long as the page: nobody's page closes while they type.
    """
    until = max(order.payable_until or now, now + SHORTEST_PAGE)
    if until != order.payable_until:
        order.payable_until = until
        order.save(update_fields=["payable_until"])
    attempt = PaymentAttempt(
        order=order,
        sequence=order.attempts.count() + 1,
        provider=gateway().name,
        amount_paise=to_paise(order.total_incl_tax),
        expires_at=until,
        next_sync_at=now + POLL_AFTER,
    )
    attempt.request = gateway().request(_page(order, attempt))
    attempt.save(force_insert=True)
    return attempt


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
        session = gateway().create(attempt.request, key=f"att:{attempt.pk}:create")
    except GatewayRefused as error:
        _fail(attempt, error)
        raise
    PaymentAttempt.objects.filter(pk=attempt.pk, redirect_url="").update(
        provider_session=session.reference, redirect_url=session.url
    )
    PaymentAttempt.objects.filter(pk=attempt.pk, state=AttemptState.CREATED).update(
        state=AttemptState.OPEN
    )
    attempt.refresh_from_db()
    return session.url


def pay_again(order: Order, *, now: datetime) -> PaymentAttempt:
    """
    Return the attempt with which the buyer can go on paying; a new one if the last is over.

    Raises:
        NotPayable: the order does not wait for payment, or no longer.
    """
    with transaction.atomic():
        locked = lock_order(order.pk)
        if locked.status != OrderState.PENDING_PAYMENT:
            raise NotPayable(gettext("This order does not wait for payment."))
        if locked.payable_until and locked.payable_until <= now:
            raise NotPayable(gettext("The time to pay this order is over."))
        live = locked.attempts.filter(state__in=LIVE).first()
        if live is None and locked.attempts.count() >= MOST_ATTEMPTS:
            raise NotPayable(gettext("The time to pay this order is over."))
        return live or start_attempt(locked, now=now)


def page_to_pay(order: Order, *, now: datetime) -> PaymentAttempt:
    """
    Return an attempt whose page is open, so that the buyer can go on paying.

    Raises:
        NotPayable: as `pay_again`.
        GatewayDown, GatewayRefused: as `open_page`.
    """
    attempt = pay_again(order, now=now)
    try:
        open_page(attempt)
    except GatewayRefused:
        if attempt.created_at >= now:
            raise
        # Written down while the provider was down, it is too old to be opened: take another.
        attempt = pay_again(order, now=now)
        open_page(attempt)
    return attempt


def give_up(order: Order, *, reason: str, by: User | None = None) -> bool:
    """
    Cancel an unpaid order, the provider's page first; return whether it is cancelled now.

    False: money is on its way or has come, so the order stays.
    """
    for attempt in order.attempts.filter(state__in=LIVE).order_by("sequence"):
        _close(attempt)
    with transaction.atomic():
        locked = lock_order(order.pk)
        waiting = locked.status == OrderState.PENDING_PAYMENT
        if waiting and not locked.attempts.filter(state__in=LIVE).exists():
            cancel_unpaid(locked, reason=reason, by=by)
    return locked.status == OrderState.CANCELLED


def _close(attempt: PaymentAttempt) -> None:
    """Close the page of an attempt, and look what became of it."""
    try:
        if not attempt.provider_session:
            open_page(attempt)  # learns the page that a crash made us forget
        gateway().expire(attempt.provider_session or "")
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


def _page(order: Order, attempt: PaymentAttempt) -> PageRequest:
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
        pieces=order.num_items,
    )
