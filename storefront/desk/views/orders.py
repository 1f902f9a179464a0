"""The seller's parts of orders: the list, one of them, packing and sending."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from storefront.catalogue.queries.cards import main_picture
from storefront.core.clock import now
from storefront.core.clock import today as day_in_india
from storefront.core.money import ZERO, grouped
from storefront.core.refusals import Refusal
from storefront.core.words import in_language
from storefront.desk.forms import ShipForm
from storefront.desk.queries import for_rows, is_held, part_of_seller
from storefront.desk.views.cash import cash_box, cash_rows
from storefront.desk.views.frame import day_text, desk_page, moment_text, page_links
from storefront.desk.views.guard import Desk, seller_required
from storefront.desk.views.words import PART_KINDS, PART_WORDS
from storefront.fulfilment import services
from storefront.fulfilment.queries import arrives_at, parts_done, parts_to_do
from storefront.fulfilment.rules import CARRIERS, Action, next_action, tracking_link
from storefront.media.rules import Use
from storefront.order.models import Line, SellerOrder
from storefront.order.queries import address_lines
from storefront.order.rules import Asker, SellerOrderState, may_cancel, price_of_left
from storefront.order.words import MOVE_WORDS

PER_PAGE = 20
MOST_DIGITS = 10
COLLECTED, CAME_BACK = "collected", "came-back"


@require_GET
@seller_required
def orders(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what is to do, or what is done."""
    is_done = request.GET.get("show") == "done"
    parts = parts_done(desk.seller) if is_done else parts_to_do(desk.seller)
    page = Paginator(for_rows(parts), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("desk-orders")
    context = {
        "tabs": [
            {"label": _("To do"), "url": here, "current": not is_done},
            {"label": _("Done"), "url": f"{here}?show=done", "current": is_done},
        ],
        "orders": [row(part) for part in page],
        "page": page_links(page, **({"show": "done"} if is_done else {})),
    }
    return desk_page(request, desk, "orders", context)


@require_http_methods(["GET", "POST"])
@seller_required
def order(request: HttpRequest, desk: Desk, number: str) -> HttpResponse:
    """Show the seller's own part of an order; on POST pack it or hand it to a carrier."""
    part = part_of_seller(desk.seller, number)
    if part is None:
        raise Http404
    if request.method == "GET":
        return _page(request, desk, part, ShipForm())
    action = request.POST.get("action", "")
    if action == Action.SHIP:
        return _ship(request, desk, part)
    seen = request.POST.get("pieces", "")
    pieces = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < MOST_DIGITS else None
    try:
        messages.success(request, _act(part, action, desk, pieces=pieces))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-order", number=part.number)


def _act(part: SellerOrder, action: str, desk: Desk, *, pieces: int | None) -> str:
    """Do what a button says, and return what the seller reads then."""
    if action == COLLECTED:
        services.collect(part, by=desk.user, now=now())
        return _("The cash is written down.")
    if action == CAME_BACK:
        services.take_back(part, by=desk.user, now=now())
        return _("The pieces are on your shelf again.")
    services.pack(part, by=desk.user, pieces=pieces)
    return _("Packed. Now hand the parcel to a carrier.")


def _ship(request: HttpRequest, desk: Desk, part: SellerOrder) -> HttpResponse:
    form = ShipForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, part, form, status=422)
    try:
        services.ship(part, **form.cleaned_data, by=desk.user, now=now())
    except services.ParcelRefused as refusal:
        form.add_error("tracking_number", str(refusal))
        return _page(request, desk, part, form, status=422)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent. We have written to the buyer."))
    return redirect("desk-order", number=part.number)


def row(part: SellerOrder) -> dict[str, Any]:
    """Return what a list says of a part; it must come from `for_rows`."""
    state, address = SellerOrderState(part.state), part.order.shipping_address
    is_open = next_action(state) is not None
    return {
        "number": part.number,
        "url": reverse("desk-order", args=[part.number]),
        "items_text": _pieces_text(list(part.lines.all())),
        "buyer_name": address.first_name if address else "",
        "town": address.line4 if address else "",
        "placed_text": moment_text(part.order.date_placed),
        "total_text": grouped(_goods_left(part) + part.shipping_charge),
        "status_text": str(PART_WORDS[state]),
        "status_kind": PART_KINDS[state],
        **_due(part if is_open else None),
    }


def _page(
    request: HttpRequest, desk: Desk, part: SellerOrder, form: ShipForm, *, status: int = 200
) -> HttpResponse:
    action = next_action(SellerOrderState(part.state))
    is_on_hold = action is not None and is_held(part)
    context = {
        "order": _part(part),
        "is_on_hold": is_on_hold,
        "can_pack": action == Action.PACK and not is_on_hold,
        "pieces": sum(line.quantity_left for line in part.lines.all()),
        "cancel_url": reverse("desk-order-cancel", args=[part.number])
        if may_cancel(Asker.SELLER, SellerOrderState(part.state))
        else "",
        "ship_form": form if action == Action.SHIP and not is_on_hold else None,
        "carriers": CARRIERS,
        "cash": cash_box(part),
        "arrives_text": "" if is_held(part) else _arrives_text(part),
    }
    return desk_page(request, desk, "order", context, status=status)


def _part(part: SellerOrder) -> dict[str, Any]:
    address = part.order.shipping_address
    return row(part) | {
        "lines": [
            {
                "title": _title(line),
                "sku": line.partner_sku,
                "picture": main_picture(line.product, Use.CARD) if line.product else None,
                "quantity": line.quantity_left,
                "cancelled": line.cancelled_quantity,
                "total_text": grouped(_left(line)),
            }
            for line in part.lines.all()
        ],
        "sums": [
            {"label": _("Goods"), "text": grouped(_goods_left(part))},
            {"label": _("Delivery, paid by the buyer"), "text": grouped(part.shipping_charge)},
            *cash_rows(part),
        ],
        "address": address
        and {
            "name": address.first_name,
            "lines": address_lines(address),
            "phone": str(address.phone_number),
        },
        "parcels": [
            {
                "carrier": parcel.carrier,
                "tracking_number": parcel.tracking_number,
                "tracking_url": tracking_link(parcel.carrier, parcel.tracking_number),
                "shipped_text": _("Sent on %(date)s") % {"date": moment_text(parcel.shipped_at)},
            }
            for parcel in part.parcels.all()
        ],
        "events": [
            {"text": str(MOVE_WORDS[SellerOrderState(move.new)]), "when_text": moment_text(move.at)}
            for move in sorted(part.moves.all(), key=lambda each: -each.pk)
        ],
    }


def _left(line: Line) -> Decimal:
    """Return what the buyer pays for the pieces of a line that were not cancelled."""
    paid = line.line_price_incl_tax
    return price_of_left(paid, quantity=line.quantity, cancelled=line.cancelled_quantity)


def _goods_left(part: SellerOrder) -> Decimal:
    return sum((_left(line) for line in part.lines.all()), ZERO)


def _title(line: Line) -> str:
    return in_language(line.title, line.title_hi)


def _pieces_text(lines: list[Line]) -> str:
    """Return what is in a part on one line: the first thing, and how many more."""
    left = [line for line in lines if line.quantity_left]
    if not left:
        return ", ".join(_title(line) for line in lines[:1])
    first = f"{left[0].quantity_left} × {_title(left[0])}"
    more = len(left) - 1
    if not more:
        return first
    return ngettext(
        "%(first)s and %(more)s more product", "%(first)s and %(more)s more products", more
    ) % {"first": first, "more": more}


def _arrives_text(part: SellerOrder) -> str:
    at = arrives_at(part)
    if at is None:
        return ""
    text = _("Counts as arrived on %(date)s if the buyer says nothing.")
    return text % {"date": day_text(localtime(at).date())}


def _due(part: SellerOrder | None) -> dict[str, Any]:
    """Return by when a part that is still to be sent leaves, or should have left."""
    day = part and part.dispatch_by
    if not day:
        return {"due_text": "", "is_late": False}
    is_late = day < day_in_india()
    text = _("Late: was to be sent by %(date)s") if is_late else _("Send by %(date)s")
    return {"due_text": text % {"date": day_text(day)}, "is_late": is_late}
