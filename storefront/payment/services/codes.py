"""The code by which a buyer confirms an order that is paid at the door."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext, ngettext
from django_tasks import task

from storefront.atlas.rules import fold_digits
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.notices import services as notices
from storefront.notices.tasks import tried_again
from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.order.services import confirm, letter_context, lock_order
from storefront.payment.models import CashPromise, PaymentAttempt
from storefront.payment.queries import promised
from storefront.payment.rules import MOST_CODES, MOST_TRIES, AttemptState

PAUSE = timedelta(minutes=1)


class CodeRefused(Refusal):
    """The code is not the one in the last letter, or cannot be used any more."""

    code = "code-refused"


class NoNewCode(Refusal):
    """A code was sent a moment ago, or too many were."""

    code = "no-new-code"


def confirm_promise(order: Order, *, code: str, now: datetime) -> None:
    """
    Confirm an order that is paid at the door; asked twice, it is confirmed once.

    Five wrong codes end a code; the count stands also when the answer is a refusal.

    Raises:
        CodeRefused: the code is wrong or worn out, or the half hour is over.
    """
    with transaction.atomic(durable=True):
        problem = _try(lock_order(order.pk), "".join(fold_digits(code).split()), now)
    if problem:
        raise CodeRefused(problem)


def ask_code(order: Order, *, now: datetime) -> None:
    """
    Send the buyer a new code; the one before ends.

    Raises:
        NoNewCode: the order waits for none, one was asked for within a minute, or five were.
    """
    with transaction.atomic(durable=True):
        locked = lock_order(order.pk)
        attempt = promised(locked)
        if attempt is None or locked.status != OrderState.PENDING_PAYMENT:
            raise NoNewCode(gettext("This order does not wait for a code."))
        promise = attempt.promise
        left = promise.code_asked_at + PAUSE - now
        if left > timedelta():
            raise NoNewCode(gettext("A code is on its way. You can ask for another in a minute."))
        if promise.codes_asked >= MOST_CODES:
            raise NoNewCode(gettext("No more codes can be sent for this order."))
        promise.codes_asked += 1
        promise.code_asked_at = now
        promise.save(update_fields=["codes_asked", "code_asked_at"])
        send_code.enqueue(str(attempt.pk), promise.codes_asked)


@task()
def send_code(attempt_id: str, asked: int, tries: int = 0) -> None:
    """
    Make a code, keep its digest and send it; done twice, the second code counts.

    The code is made here and sent at once, so that no table ever holds it. While no mail server
    takes the letter, another code is made later.
    """
    attempt = PaymentAttempt.objects.get(pk=UUID(attempt_id))
    with transaction.atomic():
        order = lock_order(attempt.order_id)
        promise = CashPromise.objects.select_related("attempt").get(attempt=attempt)
        is_wanted = promise.codes_asked == asked and promise.confirmed_at is None
        if not is_wanted or promise.attempt.state != AttemptState.PROMISED:
            return
        code = f"{secrets.randbelow(10**6):06d}"
        promise.code_digest, promise.wrong_tries = _digest(attempt, code), 0
        promise.save(update_fields=["code_digest", "wrong_tries"])
    with tried_again(send_code, attempt_id, asked, tries=tries):
        notices.send(
            "cash_code",
            to=order.email,
            language=order.letters_in,
            context=letter_context(order) | {"code": code, "parcels": _parcels(attempt)},
        )


def _try(order: Order, code: str, now: datetime) -> str:
    """Try a code with the order locked; return what is wrong with it, if anything."""
    attempt = promised(order)
    if attempt is None or (order.status == OrderState.CANCELLED):
        return gettext("This order does not wait for a code.")
    promise = attempt.promise
    if promise.confirmed_at:
        return ""
    if order.payable_until and order.payable_until <= now:
        return gettext("The time to confirm this order is over.")
    if promise.wrong_tries >= MOST_TRIES:
        return gettext("This code was typed wrong too often. Please ask for a new one.")
    if not constant_time_compare(promise.code_digest, _digest(attempt, code)):
        promise.wrong_tries += 1
        promise.save(update_fields=["wrong_tries"])
        left = MOST_TRIES - promise.wrong_tries
        text = ngettext(
            "This is not the code in our last letter. You have %(n)s more try.",
            "This is not the code in our last letter. You have %(n)s more tries.",
            left,
        )
        return text % {"n": left}
    promise.confirmed_at = now
    promise.save(update_fields=["confirmed_at"])
    confirm(order, now=now, reason="cash on delivery")
    return ""


def _digest(attempt: PaymentAttempt, code: str) -> str:
    """Return the keyed digest of a code: without the server's key, six digits could be tried."""
    return salted_hmac("cash-code", f"{attempt.pk}:{code}", algorithm="sha256").hexdigest()


def _parcels(attempt: PaymentAttempt) -> list[dict[str, str]]:
    """Return what the courier will ask for each parcel, as a letter says it."""
    cash = attempt.cash_parts.select_related("seller_order__seller").order_by("pk")
    return [
        {"seller": each.seller_order.seller.name, "amount": grouped(each.amount)} for each in cash
    ]
