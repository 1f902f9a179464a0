"""A parcel has arrived, and its buyer says so."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from storefront.basket.session import person
from storefront.checkout.views.order import order_of, refused
from storefront.core.clock import now
from storefront.core.doors import form_of
from storefront.fulfilment.services import NotNow, say_arrived
from storefront.order.queries import part_in


@form_of("order", "token")
def arrived(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """Write down that a part of the order has arrived."""
    part = part_in(order_of(token), number)
    if part is None:
        raise Http404
    try:
        say_arrived(part, by=person(request), now=now())
    except NotNow as refusal:
        return refused(request, token, str(refusal))
    messages.success(request, _("Thank you for telling us."))
    return redirect("order", token=token)
