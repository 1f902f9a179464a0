"""Cancelling an order: an unpaid one at once, pieces of a paid one after a look at what comes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.basket.session import person, take_back
from storefront.checkout.views.order import order_of, personal, refused
from storefront.checkout.views.words import OUT_OF_REACH
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.rules import Asker, OrderState
from storefront.payment import services as payment
from storefront.payment.queries import is_for_the_door
from storefront.payment.views.taking_back import take_step


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Let the buyer choose pieces, show what comes back, and on POST cancel."""
    order = order_of(token)
    if order.status == OrderState.PENDING_PAYMENT:
        if request.method == "POST":
            return _give_up(request, order)
        return redirect("order", token=order.token)
    step = take_step(request, order, asker=Asker.BUYER, by=person(request))
    if step.done:
        messages.success(request, _("It is cancelled. We have written to you."))
        return redirect("order", token=order.token)
    shown = {"number": order.number, "url": reverse("order", args=[order.token])}
    context = step.context | {"order": shown, "note": _note(order)}
    return personal(render(request, "pages/cancel.html", context, status=step.status))


def _note(order: Order) -> str:
    """Return how the money comes back, if any came."""
    if is_for_the_door(order):
        return _("You have paid nothing yet: the courier collects only what is left.")
    return _("It goes back the way you paid. Your bank shows it within 5 to 10 days.")


def _give_up(request: HttpRequest, order: Order) -> HttpResponse:
    """Cancel an unpaid order and give the buyer the basket back."""
    try:
        is_cancelled = payment.give_up(order, reason="cancelled by the buyer")
    except Refusal:
        return refused(request, order.token, str(OUT_OF_REACH), status=503)
    if not is_cancelled:
        why = _("Your payment has come or is on its way. You can cancel the paid order.")
        return refused(request, order.token, why)
    messages.success(request, _("The order is cancelled. Your basket is as it was."))
    response = redirect("basket")
    return take_back(request, response, order.basket) if order.basket else response
