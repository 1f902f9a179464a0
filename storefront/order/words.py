"""What people read about the state and the moves of a part, and why pieces were taken back."""

from django.utils.translation import gettext_lazy as _

from storefront.order.rules import SellerOrderState, Why

_S = SellerOrderState
PART_WORDS = {
    _S.WAITING: _("Waits for payment"),
    _S.ACCEPTED: _("Being packed"),
    _S.PACKED: _("Packed"),
    _S.SHIPPED: _("Sent"),
    _S.DELIVERED: _("Delivered"),
    _S.CLOSED: _("Complete"),
    _S.CANCELLED: _("Cancelled"),
}
# The same, as something that happened.
MOVE_WORDS = {
    _S.WAITING: _("Ordered"),
    _S.ACCEPTED: _("Confirmed"),
    _S.PACKED: _("Packed"),
    _S.SHIPPED: _("Handed to the carrier"),
    _S.DELIVERED: _("Arrived"),
    _S.CLOSED: _("Complete"),
    _S.CANCELLED: _("Cancelled"),
}
WHY_WORDS = {
    Why.CHANGED_MIND: _("I changed my mind"),
    Why.MISTAKE: _("I ordered by mistake"),
    Why.TOO_SLOW: _("It takes too long"),
    Why.SOLD_OUT: _("The piece is not there any more"),
    Why.BROKEN: _("The piece broke"),
    Why.CANNOT_SEND: _("It cannot be sent"),
    Why.BUYER_ASKED: _("The buyer asked for it"),
    Why.FRAUD: _("Suspected fraud"),
    Why.NOT_ARRIVED: _("It did not arrive"),
    Why.FAULTY: _("It arrived broken or faulty"),
    Why.WRONG_PIECE: _("Another piece arrived"),
    Why.CAME_BACK: _("It came back to the seller"),
    Why.OTHER: _("Another reason"),
}
