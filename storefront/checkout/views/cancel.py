"""Cancelling an order: an unpaid one at once, pieces of a paid one after a look at what comes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.basket.session import person, take_back
from storefront.checkout.views.order import order_or_404
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.core.words import in_language
from storefront.order.models import Line, Order
from storefront.order.queries import lines_of
from storefront.order.rules import Asker, OrderState
from storefront.payment import services as payment
from storefront.payment.forms import TakeBackForm
from storefront.payment.services import Plan
from storefront.payment.views.taking_back import review, status_of


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Let the buyer choose pieces, show what comes back, and on POST cancel."""
    order = order_or_404(token)
    if order.status == OrderState.PENDING_PAYMENT:
        if request.method == "POST":
            return _give_up(request, order)
        return redirect("order", token=order.token)
    sent = request.POST if request.method == "POST" else request.GET
    form = TakeBackForm(Asker.BUYER, lines_of(order), sent or None)
    if not form.is_valid():
        return _page(request, order, form, status=422 if sent else 200)
    wish = form.wish(by=person(request))
    try:
        if request.method != "POST":
            return _page(request, order, form, plan=payment.plan(order, wish))
        payment.cancel(order, wish=wish)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, order, form, status=status_of(refusal))
    messages.success(request, _("It is cancelled. We have written to you."))
    return redirect("order", token=order.token)


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


def _page(
    request: HttpRequest,
    order: Order,
    form: TakeBackForm,
    *,
    plan: Plan | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "order": {"number": order.number, "url": reverse("order", args=[order.token])},
        "form": form,
        "lines": [_row(line, field) for line, field in form.rows()],
        "sums": review(plan, form.lines) if plan else [],
        "amount_text": grouped(plan.amount) if plan else "",
        "expected": f"{plan.amount:f}" if plan else "",
        "key": form.initial["key"],
        "chosen": [(name, form.data[name]) for name in form.data if name.startswith("line-")],
        "why": form.data.get("why", ""),
    }
    response = render(request, "pages/cancel.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _row(line: Line, field: Any) -> dict[str, Any]:
    return {
        "title": in_language(line.title, line.title_hi),
        "seller": line.partner_name,
        "field": field,
    }
