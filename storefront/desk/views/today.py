"""The desk's first page: what to do today; and for agents, for whom."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from storefront.desk.queries import for_rows, low, offers_of
from storefront.desk.views.frame import desk_page
from storefront.desk.views.guard import CHOSEN, Desk, seller_required
from storefront.desk.views.orders import row
from storefront.fulfilment.queries import parts_to_do

SHOWN = 5


@require_GET
@seller_required
def today(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show how much there is to pack, to send and to make anew, and what is most urgent."""
    urgent = for_rows(parts_to_do(desk.seller))[:SHOWN]
    context = {
        "low_count": low(offers_of(desk.seller)).count(),
        "orders": [row(part) for part in urgent],
        "sellers": [
            {"id": seller.pk, "name": seller.name, "current": seller.pk == desk.seller.pk}
            for seller in desk.sellers
        ],
    }
    return desk_page(request, desk, "today", context)


@require_POST
@seller_required
def switch(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let an agent work for another of their sellers, until they sign out."""
    wanted = request.POST.get("seller", "")
    chosen = next((each for each in desk.sellers if str(each.pk) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[CHOSEN] = chosen.pk
    return redirect("desk")
