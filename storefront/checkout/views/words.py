"""What the order's page says in each state."""

from django.utils.translation import gettext_lazy as _

from storefront.order.rules import Progress, SellerOrderState
from storefront.payment.rules import RefundState

_P, _S = Progress, SellerOrderState
HEADINGS = {
    _P.PENDING_PAYMENT: _("Your order waits for payment"),
    _P.CONFIRMED: _("Thank you, your order is confirmed"),
    _P.PART_SHIPPED: _("Part of your order is on its way"),
    _P.SHIPPED: _("Your order is on its way"),
    _P.DELIVERED: _("Your order has arrived"),
    _P.CLOSED: _("Your order is complete"),
    _P.CANCELLED: _("This order was cancelled"),
}
# The same, short, for a list of orders.
LABELS = {
    _P.PENDING_PAYMENT: _("To be paid"),
    _P.CONFIRMED: _("Confirmed"),
    _P.PART_SHIPPED: _("Partly sent"),
    _P.SHIPPED: _("On its way"),
    _P.DELIVERED: _("Arrived"),
    _P.CLOSED: _("Complete"),
    _P.CANCELLED: _("Cancelled"),
}
TEXTS = {
    _P.PENDING_PAYMENT: _("Your pieces are kept for you until the time to pay is over."),
    _P.CONFIRMED: _("The sellers know of it and pack your pieces. We write when a parcel leaves."),
    _P.PART_SHIPPED: _("Each seller sends a parcel of its own; one of them has left."),
    _P.SHIPPED: _("All parcels have left. Their numbers are below."),
    _P.DELIVERED: _("We hope the pieces please you."),
    _P.CLOSED: _("Everything is delivered and settled."),
    _P.CANCELLED: _("Nothing is owed. What was charged, if anything, goes back the same way."),
}
OUT_OF_REACH = _("The payment page cannot be reached. Please try again shortly.")
# How many steps of Ordered, Paid, Packed, Sent, Delivered lie behind.
STEPS = {
    _P.PENDING_PAYMENT: 1,
    _P.CONFIRMED: 2,
    _P.PART_SHIPPED: 3,
    _P.SHIPPED: 4,
    _P.DELIVERED: 5,
    _P.CLOSED: 5,
}
PART_KINDS = {
    _S.WAITING: "plain",
    _S.ACCEPTED: "plain",
    _S.PACKED: "plain",
    _S.SHIPPED: "ok",
    _S.DELIVERED: "ok",
    _S.CLOSED: "ok",
    _S.CANCELLED: "bad",
}
_UNDER_WAY = _("On its way since %(date)s; your bank shows it within 5 to 10 days")
_SEEN_TO = _("Did not go through; we are seeing to it")
REFUND_WORDS = {
    RefundState.TO_APPROVE: _("Being checked since %(date)s"),
    RefundState.NEW: _UNDER_WAY,
    RefundState.PENDING: _UNDER_WAY,
    RefundState.SUCCEEDED: _("Sent to your bank on %(date)s"),
    RefundState.FAILED: _SEEN_TO,
    RefundState.REVIEW: _SEEN_TO,
}
