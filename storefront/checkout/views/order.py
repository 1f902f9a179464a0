"""The order's own page, opened by its unguessable link, and what can be done there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.checkout.views.parts import parts_shown
from storefront.checkout.views.paying import cash_rows, door_fee, left_to_pay, payment_text
from storefront.checkout.views.words import HEADINGS, OUT_OF_REACH, REFUND_WORDS, STEPS, TEXTS
from storefront.core.clock import now
from storefront.core.doors import came_from, form_of
from storefront.core.money import from_paise, grouped
from storefront.core.services import count_refused
from storefront.order.models import Order
from storefront.order.queries import (
    OrderPart,
    OrderView,
    address_lines,
    order_by_token,
    order_view,
)
from storefront.order.rules import Asker, Progress, may_cancel
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.models import Refund
from storefront.payment.queries import CASH, attempts_of, is_cash_order, last_page, refunds_of
from storefront.payment.rules import AttemptState, RefundState

# A provider that is down for a minute is down for longer: then a letter tells.
LOOKS, LOOK_AGAIN_SECONDS = 12, 3


@require_safe
def order_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order: how far it is, what is in it, what can be done."""
    return _page(request, order_of(token))


@require_safe
def paid(request: HttpRequest, token: str) -> HttpResponse:
    """
    Take the buyer back from the payment page: look at the provider, then show the order.

    While the provider is slow or down, a page says so and looks again by itself.
    """
    attempt = last_page(token)
    if attempt is None:
        order_of(token)  # nobody's, or one that is not paid online
    elif attempt.state != AttemptState.CAPTURED:
        try:
            payment.sync(attempt, is_awaited=True)
        except (GatewayDown, GatewayRefused):
            return _still_checking(request, attempt.order)
    return redirect("order", token=token)


def _still_checking(request: HttpRequest, order: Order) -> HttpResponse:
    """Show that the payment is being checked; after `LOOKS` looks, without another by itself."""
    word = request.GET.get("look", "1")
    look = int(word) if word in map(str, range(1, LOOKS + 1)) else LOOKS
    here = reverse("order-paid", args=[order.token])
    context = {"number": order.number, "email": order.email, "is_over": look == LOOKS, "url": here}
    response = render(request, "pages/payment_check.html", {"check": context})
    if look < LOOKS:
        response["Refresh"] = f"{LOOK_AGAIN_SECONDS};url={here}?look={look + 1}"
    return personal(response)


def personal(response: HttpResponse) -> HttpResponse:
    """Keep a page of one person out of caches and search engines."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@form_of("order", "token")
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Send the buyer to the payment page once more."""
    order = order_of(token)
    try:
        attempt = payment.page_to_pay(order, now=now(), came_from=came_from(request))
        return redirect(attempt.redirect_url)
    except payment.TooManyStarts as refusal:
        return refused(request, token, str(refusal), status=429)
    except payment.NotPayable as refusal:
        return refused(request, token, str(refusal))
    except (GatewayDown, GatewayRefused):
        return refused(request, token, str(OUT_OF_REACH), status=503)


def refused(request: HttpRequest, token: str, why: str, *, status: int = 409) -> HttpResponse:
    """Show the order as it is by now, and why it stayed so."""
    messages.error(request, why)
    return _page(request, order_of(token), status=status)


def _page(request: HttpRequest, order: Order, *, status: int = 200) -> HttpResponse:
    context = {"order": _context(order_view(order))}
    return personal(render(request, "pages/order.html", context, status=status))


def order_of(token: str) -> Order:
    """Return the order of a link, or say that there is none."""
    order = order_by_token(token)
    if order is None:
        count_refused("pages", "no-such-order")
        raise Http404
    return order


def _context(view: OrderView) -> dict[str, Any]:
    order, address = view.source, view.source.shipping_address
    attempts = attempts_of(order)
    pages = [each for each in attempts if each.provider != CASH]
    attempt, fee = pages[-1] if pages else None, door_fee(view)
    # An attempt without a session failed before anybody's bank was asked.
    declined = bool(view.is_waiting and attempt and attempt.provider_session and attempt.failure)
    at_bank = bool(view.is_waiting and attempt and attempt.state == AttemptState.PROCESSING)
    left = None if at_bank else left_to_pay(view, attempts)
    asks_code = bool(left and left["kind"] == "code")
    return {
        "number": view.number,
        "heading": _("Please confirm your order")
        if asks_code
        else _("Your bank is still at work")
        if at_bank
        else str(HEADINGS[view.progress]),
        "text": _at_bank_text()
        if at_bank
        else _("The bank declined the last try. Nothing was charged. You can try again.")
        if declined and not asks_code
        else _("The sellers pack your pieces once you have typed the code.")
        if asks_code
        else str(TEXTS[view.progress]),
        "steps": _steps(view, is_cash=is_cash_order(attempts)),
        "left": left,
        "cancel_pieces_url": reverse("order-cancel", args=[order.token])
        if any(_is_cancellable(part) for part in view.parts)
        else "",
        "refunds": [_refund(each) for each in refunds_of(order, attempts)],
        "seller_orders": parts_shown(view),
        "sums": [
            {"label": _("Goods"), "text": grouped(view.full_items_total)},
            {"label": _("Delivery"), "text": grouped(view.full_shipping_total - fee)},
            *({"label": each.label, "text": each.text} for each in view.discounts),
            *([{"label": _("For paying at the door"), "text": grouped(fee)}] if fee else []),
            {"label": _("Total, GST included"), "text": view.total_text, "is_total": True},
            *cash_rows(view),
        ],
        "payment_text": payment_text(view, attempts),
        "placed_text": _("Ordered on %(date)s")
        % {"date": date_format(localtime(order.date_placed), "j F Y, H:i")},
        "address": address
        and {
            "name": address.first_name,
            "lines": address_lines(address),
            "phone": str(address.phone_number),
        },
        "email": order.email,
    }


def _at_bank_text() -> str:
    return _(
        "Some banks answer only the next day. Your pieces are kept until then, and we write to"
        " you. Please do not pay again."
    )


def _steps(view: OrderView, *, is_cash: bool) -> list[dict[str, str]]:
    if view.progress == Progress.CANCELLED:
        return []
    reached = STEPS[view.progress]
    second = _("Confirmed") if is_cash else _("Paid")
    labels = (_("Ordered"), second, _("Packed"), _("Sent"), _("Delivered"))
    return [
        {
            "label": label,
            "state": "done" if index < reached else "current" if index == reached else "todo",
            "when_text": "",
        }
        for index, label in enumerate(labels)
    ]


def _is_cancellable(part: OrderPart) -> bool:
    return may_cancel(Asker.BUYER, part.state) and any(line.left for line in part.lines)


def _refund(refund: Refund) -> dict[str, str]:
    """Return what a buyer reads about money that comes back."""
    day = date_format(localtime(refund.created_at), "j F Y")
    return {
        "label": str(REFUND_WORDS[RefundState(refund.state)]) % {"date": day},
        "text": grouped(from_paise(refund.amount_paise)),
    }
