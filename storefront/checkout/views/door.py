"""Paying at the door, as the buyer does it: choose it, type the code, ask for another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from storefront.checkout.views.order import order_of, refused
from storefront.core.clock import now
from storefront.core.doors import came_from, form_of
from storefront.core.refusals import Refusal
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown, GatewayRefused

LONGEST_CODE = 20


@form_of("order", "token")
def pay_at_door(request: HttpRequest, token: str) -> HttpResponse:
    """Change an unpaid order to cash; the payment page is closed first."""
    try:
        payment.pay_at_door(order_of(token), now=now(), came_from=came_from(request))
    except (GatewayDown, GatewayRefused):
        why = _("The payment page cannot be closed now. Please try again shortly.")
        return refused(request, token, why, status=503)
    except payment.TooManyStarts as refusal:
        return refused(request, token, str(refusal), status=429)
    except Refusal as refusal:
        return refused(request, token, str(refusal))
    return redirect("order", token=token)


@form_of("order", "token")
def type_code(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a cash order by the code of the letter."""
    code = request.POST.get("code", "")[:LONGEST_CODE]
    try:
        payment.confirm_promise(order_of(token), code=code, now=now())
    except payment.CodeRefused as refusal:
        return refused(request, token, str(refusal), status=422)
    return redirect("order", token=token)


@form_of("order", "token")
def new_code(request: HttpRequest, token: str) -> HttpResponse:
    """Send another code."""
    try:
        payment.ask_code(order_of(token), now=now())
    except payment.NoNewCode as refusal:
        return refused(request, token, str(refusal), status=429)
    messages.success(request, _("A new code is on its way to you."))
    return redirect("order", token=token)
