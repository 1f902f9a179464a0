"""Staff take pieces of an order back, whether they left or not; above a limit two persons."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.accounts.models import User
from storefront.core.doors import staff_only
from storefront.core.money import from_paise, grouped
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.rules import Asker, CancellationState, OrderState, Why
from storefront.order.words import WHY_WORDS
from storefront.payment import services
from storefront.payment.models import Refund
from storefront.payment.queries import all_refunds_of
from storefront.payment.rules import MAY_ACT, RefundState
from storefront.payment.views.taking_back import take_step
from storefront.payment.views.words import REFUND_WORDS


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(see=MAY_ACT, act=MAY_ACT)
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Show what can be taken back of an order and what comes back then; on POST do it."""
    user = cast(User, request.user)
    order = get_object_or_404(Order, number=number)
    is_unpaid = order.status == OrderState.PENDING_PAYMENT
    if is_unpaid and request.method == "POST":
        return _give_up(request, order, by=user)
    step = take_step(request, order, asker=Asker.STAFF, by=user)
    if step.done:
        waits = step.done.state == CancellationState.WAITING
        said = _("It waits for a second person.") if waits else _("Done. We wrote to the buyer.")
        messages.success(request, said)
        return redirect("staff-take-back", number=order.number)
    context = step.context | {
        "order": {
            "number": order.number,
            "url": reverse("dashboard:order-detail", args=[order.number]),
        },
        "is_unpaid": is_unpaid,
        "refunds": [_row(each) for each in all_refunds_of(order)],
    }
    return render(request, "staff/take_back.html", context, status=step.status)


def _give_up(request: HttpRequest, order: Order, *, by: User) -> HttpResponse:
    """Cancel an order that nobody paid, if no money is on its way."""
    try:
        if services.give_up(order, reason="cancelled by staff", by=by):
            messages.success(request, _("The order is cancelled. Nobody had paid it."))
        else:
            messages.info(request, _("It is paid or being paid, so it was not cancelled."))
    except Refusal:
        messages.error(request, _("The payment page cannot be reached. Please try again shortly."))
    return redirect("staff-take-back", number=order.number)


def _row(refund: Refund) -> dict[str, str]:
    why = refund.cancellation
    return {
        "amount": grouped(from_paise(refund.amount_paise)),
        "state": str(REFUND_WORDS[RefundState(refund.state)]),
        "reason": refund.reason if why is None else str(WHY_WORDS[Why(why.why)]),
    }
