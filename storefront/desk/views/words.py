"""What the desk says of each state, to the seller."""

from django.utils.translation import gettext_lazy as _

from storefront.catalogue.rules import ProductState
from storefront.order.rules import SellerOrderState
from storefront.stock.rules import Reason

_S, _P = SellerOrderState, ProductState
PART_WORDS = {
    _S.WAITING: _("Not paid yet"),
    _S.ACCEPTED: _("To pack"),
    _S.PACKED: _("To send"),
    _S.SHIPPED: _("On the way"),
    _S.DELIVERED: _("Arrived"),
    _S.CLOSED: _("Complete"),
    _S.CANCELLED: _("Cancelled, do not send"),
}
PART_KINDS = {
    _S.WAITING: "plain",
    _S.ACCEPTED: "",
    _S.PACKED: "",
    _S.SHIPPED: "ok",
    _S.DELIVERED: "ok",
    _S.CLOSED: "ok",
    _S.CANCELLED: "bad",
}
PRODUCT_WORDS = {
    _P.DRAFT: _("Draft"),
    _P.SUBMITTED: _("Being checked"),
    _P.SENT_BACK: _("Sent back to you"),
    _P.LIVE: _("In the shop"),
    _P.WITHDRAWN: _("Taken out of the shop"),
}
PRODUCT_KINDS = {
    _P.DRAFT: "plain",
    _P.SUBMITTED: "plain",
    _P.SENT_BACK: "bad",
    _P.LIVE: "ok",
    _P.WITHDRAWN: "bad",
}
REASON_WORDS = {
    Reason.IMPORT: _("First count"),
    Reason.EDIT: _("Counted anew"),
    Reason.HOLD: _("Kept for a basket"),
    Reason.SALE: _("Ordered"),
    Reason.RELEASE: _("Order given up"),
    Reason.SHIPPED: _("Sent"),
    Reason.RETURN: _("Came back"),
    Reason.DAMAGE: _("Damaged"),
}
