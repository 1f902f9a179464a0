"""What the order's page says of each seller's part: its pieces, its parcel, what happened to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from storefront.checkout.views.paying import cash_text, part_word
from storefront.checkout.views.words import PART_KINDS
from storefront.fulfilment.models import Parcel
from storefront.fulfilment.queries import arrivals
from storefront.fulfilment.rules import TO_DO, tracking_link
from storefront.order.models import StateChange
from storefront.order.queries import OrderPart, OrderView, moves_of
from storefront.order.rules import SellerOrderState
from storefront.order.words import MOVE_WORDS


def parts_shown(view: OrderView) -> list[dict[str, Any]]:
    """Return the parts of an order; one that is on its way can be said to have arrived."""
    arriving, moves = arrivals(view), moves_of(view)
    return [
        _part(part, moves[part.source.pk])
        | {"arrival": _arrival(part, view.token, arriving.get(part.number))}
        for part in view.parts
    ]


def _arrival(part: OrderPart, token: str, at: datetime | None) -> dict[str, str] | None:
    """Return the form that says a part has arrived, and when it counts as such without a word."""
    if at is None:
        return None
    text = _("It counts as arrived on %(date)s if you say nothing.")
    return {
        "url": reverse("order-arrived", args=[token, part.number]),
        "text": text % {"date": date_format(localtime(at), "j F Y")},
    }


def _part(part: OrderPart, moves: Sequence[StateChange]) -> dict[str, Any]:
    return {
        "number": part.number,
        "seller_name": part.seller_name,
        "status_text": str(part_word(part)),
        "status_kind": PART_KINDS[part.state],
        "lines": part.lines,
        "cash_text": cash_text(part.source),
        "promise_text": _promise(part),
        "parcels": [_parcel(parcel) for parcel in part.source.parcels.all()],
        "events": [
            {
                "text": str(MOVE_WORDS[SellerOrderState(move.new)]),
                "when_text": date_format(localtime(move.at), "j F Y, H:i"),
            }
            for move in moves
        ],
    }


def _promise(part: OrderPart) -> str:
    """Return by when the seller sends what has not left yet."""
    day = part.source.dispatch_by
    if day is None or part.state not in TO_DO:
        return ""
    return _("The seller sends it by %(date)s.") % {"date": date_format(day, "j F Y")}


def _parcel(parcel: Parcel) -> dict[str, str]:
    day = date_format(localtime(parcel.shipped_at), "j F Y")
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "tracking_url": tracking_link(parcel.carrier, parcel.tracking_number),
        "shipped_text": _("Sent on %(date)s") % {"date": day},
    }
