"""Taking back the last change of stock and price: one tap, as long as nothing else happened."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from storefront.core.money import grouped
from storefront.desk.views.guard import Desk
from storefront.partner.models import StockRecord

CHANGED = "desk_changed"


def remember_change(
    request: HttpRequest, *, before: StockRecord, after: StockRecord, back: str
) -> None:
    """Keep what was there before a change, for the next page of the desk; `back` leads there."""
    is_changed = after.version != before.version
    # A price with paise was there before the desk, and cannot be asked for here again.
    if not is_changed or (before.price % 1 and before.price != after.price):
        return
    request.session[CHANGED] = {
        "seller": before.partner_id,
        "record": before.pk,
        "free": before.free,
        "price": str(before.price),
        "price_text": grouped(before.price),
        "version": after.version,
        "next": back,
    }


def undo_offered(request: HttpRequest, desk: Desk) -> dict[str, Any] | None:
    """
    Return the form that changes it back, once; it is an edit like any other.

    Its version is that of the change: what was sold meanwhile is not overwritten.
    """
    kept = request.session.pop(CHANGED, None)
    if kept is None or kept["seller"] != desk.seller.pk:
        return None
    text = ngettext(
        "Undo: %(n)s piece at %(price)s again",
        "Undo: %(n)s pieces at %(price)s again",
        kept["free"],
    )
    return {
        "url": reverse("desk-product", args=[kept["record"]]),
        "text": text % {"n": kept["free"], "price": kept["price_text"]},
        "fields": {name: kept[name] for name in ("free", "price", "version", "next")},
    }
