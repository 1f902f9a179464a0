"""A seller cannot send: pieces of the own part are cancelled, and the buyer is paid back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.desk.queries import part_of_seller
from storefront.desk.views.frame import desk_page
from storefront.desk.views.guard import Desk, seller_required
from storefront.order.rules import Asker
from storefront.payment.views.taking_back import take_step


@require_http_methods(["GET", "HEAD", "POST"])
@seller_required
def cancel(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """Let the seller choose pieces of the own part, show what comes back, and on POST cancel."""
    part = part_of_seller(desk.seller, number)
    if part is None:
        raise Http404
    step = take_step(request, part.order, asker=Asker.SELLER, by=desk.user, seller=desk.seller)
    if step.done:
        messages.success(request, _("Cancelled. We have written to the buyer, who is paid back."))
        return redirect("desk-order", number=part.number)
    shown = {"number": part.number, "url": reverse("desk-order", args=[part.number])}
    return desk_page(request, desk, "cancel", step.context | {"order": shown}, status=step.status)
