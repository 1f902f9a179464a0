"""Letters to the buyer about a parcel: packed, sent, arrived."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime

from storefront.fulfilment.models import Parcel
from storefront.order.models import SellerOrder
from storefront.order.services import part_context, write_to_buyer


def tell_packed(part: SellerOrder) -> None:
    """Write to the buyer that the seller has packed a part, and by when it leaves."""
    write_to_buyer(part.order, "order_packed", packed_context(part))


def tell_sent(part: SellerOrder, parcel: Parcel) -> None:
    """Write to the buyer who carries the parcel, under which number."""
    write_to_buyer(part.order, "order_shipped", sent_context(part, parcel))


def tell_arrived(part: SellerOrder, *, is_assumed: bool = False) -> None:
    """Write to the buyer that a parcel has arrived, or that nobody said that it had not."""
    write_to_buyer(part.order, "order_delivered", arrived_context(part, is_assumed=is_assumed))


def packed_context(part: SellerOrder) -> dict[str, Any]:
    """Return what the letter about a packed part says."""
    with translation.override(part.order.letters_in):
        by = date_format(part.dispatch_by, "j F Y") if part.dispatch_by else ""
    return part_context(part) | {"dispatch_by": by}


def sent_context(part: SellerOrder, parcel: Parcel) -> dict[str, Any]:
    """Return what the letter about a parcel on its way says."""
    with translation.override(part.order.letters_in):
        day = date_format(localtime(parcel.shipped_at), "j F Y")
    return part_context(part) | {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "shipped_on": day,
    }


def arrived_context(part: SellerOrder, *, is_assumed: bool = False) -> dict[str, Any]:
    """Return what the letter about a parcel that arrived says."""
    told = {"is_assumed": is_assumed, "days": settings.ARRIVED_AFTER_DAYS}
    return part_context(part) | told
