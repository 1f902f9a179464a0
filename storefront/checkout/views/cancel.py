"""Cancelling an order: an unpaid one at once, pieces of a paid one after a look at what comes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.basket.session import person, take_back
from storefront.checkout.views.order import order_or_404
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.rules import Asker, OrderState
from storefront.payment import services as payment
from storefront.payment.views.taking_back import take_step


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Let the buyer choose pieces, show what comes back, and on POST cancel."""
    order = order_or_404(token)
    if order.status == OrderState.PENDING_PAYMENT:
        if request.method == "POST":
            return _give_up(request, order)
        return redirect("order", token=order.token)
    step = take_step(request, order, asker=Asker.BUYER, by=person(request))
    if step.done:
        messages.success(request, _("It is cancelled. We have written to you."))
        return redirect("order", token=order.token)
    shown = {"number": order.number, "url": reverse("order", args=[order.token])}
    context = step.context | {"order": shown}
    response = render(request, "pages/cancel.html", context, status=step.status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _give_up(request: HttpRequest, order: Order) -> HttpResponse:
    """Cancel an unpaid order and give the buyer the basket back."""
    try:
        if payment.give_up(order, reason="cancelled by the buyer"):
            messages.success(request, _("The order is cancelled. Your basket is as it was."))
            response = redirect("basket")
            return take_back(request, response, order.basket) if order.basket else response
        messages.info(
            request, _("Your payment has come or is on its way. You can cancel the paid order.")
        )
    except Refusal:
        messages.error(request, _("The payment page cannot be reached. Please try again shortly."))
    return redirect("order", token=order.token)
