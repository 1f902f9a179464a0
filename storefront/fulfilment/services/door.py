"""At the buyer's door: the courier took the cash, or brings the parcel back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.fulfilment.rules import ARRIVED
from storefront.fulfilment.services.letters import tell_arrived
from storefront.fulfilment.services.parcels import NotNow, check_left, locked, pieces_in
from storefront.order.models import SellerOrder
from storefront.order.rules import SellerOrderState
from storefront.order.services import move_part
from storefront.payment.models import CashPart
from storefront.payment.rules import CashState
from storefront.payment.services.collecting import book_collected, note_refused
from storefront.payment.services.earnings import book_earned
from storefront.stock import services as stock
from storefront.stock.rules import Reason

TAKEN = {CashState.COLLECTED, CashState.REMITTED}


@transaction.atomic(durable=True)
def collect(part: SellerOrder, *, by: User | None, now: datetime) -> CashPart:
    """
    Say that a parcel arrived and the courier took its cash; asked twice, nothing more happens.

    Of an order that was paid online meanwhile, the cash is written down as paid twice.

    Raises:
        NotNow: it is not paid at the door, was not sent, or came back.
    """
    _, fresh = locked(part)
    cash = _cash_of(fresh)
    if cash.state in TAKEN:
        return cash
    if cash.state == CashState.REFUSED:
        raise NotNow(gettext("This parcel came back."))
    if fresh.state not in {SellerOrderState.SHIPPED, *ARRIVED}:
        raise NotNow(gettext("This parcel was not sent yet."))
    check_left(fresh, at=now)
    book_collected(cash, by=by, now=now)
    if fresh.state == SellerOrderState.SHIPPED:
        arrived = move_part(fresh, new=SellerOrderState.DELIVERED, by=by, reason="cash taken")
        book_earned(arrived)
        tell_arrived(arrived)
    return cash


@transaction.atomic(durable=True)
def take_back(part: SellerOrder, *, by: User | None, now: datetime) -> CashPart:
    """
    Say that a parcel is back because its buyer did not take and pay it; asked twice, once.

    Its pieces are on the shelf again, and the buyer has a strike. Nothing was sold, so the books
    have nothing to undo.

    Raises:
        NotNow: it is not on its way, or its cash is not to be collected.
    """
    _, fresh = locked(part)
    cash = _cash_of(fresh)
    if cash.state == CashState.REFUSED:
        return cash
    if fresh.state != SellerOrderState.SHIPPED or cash.state != CashState.TO_COLLECT:
        raise NotNow(gettext("Only a parcel whose cash is still to be collected can come back."))
    check_left(fresh, at=now)
    move_part(fresh, new=SellerOrderState.CANCELLED, by=by, reason="refused at the door")
    note_refused(cash, by=by)
    for pieces in sorted(pieces_in(fresh), key=lambda each: each.stockrecord_id):
        stock.adjust(pieces, reason=Reason.RETURN, reference=fresh.number, by=by)
    return cash


def _cash_of(part: SellerOrder) -> CashPart:
    found = CashPart.objects.select_related("seller_order", "attempt__order__shipping_address")
    cash = found.filter(seller_order=part).first()
    if cash is None:
        raise NotNow(gettext("This parcel is not paid at the door."))
    return cash
