"""Cash on delivery: the buyer pays the courier, if the terms of the day allow it."""

from django.utils.translation import gettext, gettext_lazy

from storefront.core.money import grouped
from storefront.payment.gateways.base import Objection, Purchase
from storefront.payment.gateways.nothing import nothing_to_pay
from storefront.payment.queries import CASH, strikes_of, takes_no_cash
from storefront.payment.rules import WayKind

NOT_OFFERED = "not-offered"


class CashOnDelivery:
    """The way to pay at the door, parcel by parcel."""

    name = CASH
    label = gettext_lazy("Pay the courier in cash")
    kind = WayKind.DOOR

    def why_not(self, purchase: Purchase) -> Objection | None:
        """Object as the terms of the day say: amount, making time, PIN, refused parcels."""
        return nothing_to_pay(purchase) or _not_by_terms(purchase)


def _not_by_terms(purchase: Purchase) -> Objection | None:
    terms = purchase.terms
    if terms is None or terms.cash_most is None:
        return Objection(NOT_OFFERED, gettext("Paying at the door is not offered now."))
    if purchase.total + terms.cash_fee > terms.cash_most:
        text = gettext("Only orders up to %(most)s can be paid at the door.")
        return Objection("too-much", text % {"most": grouped(terms.cash_most)})
    if purchase.lead_days:
        text = gettext("Something in this order is made for you, so it is paid before.")
        return Objection("made-to-order", text)
    if takes_no_cash(purchase.pin):
        text = gettext("No courier takes cash at PIN %(pin)s.")
        return Objection("pin", text % {"pin": purchase.pin})
    if strikes_of(email=purchase.email, phone=purchase.phone) > terms.strikes_allowed:
        text = gettext("Parcels to you were refused before, so please pay online this time.")
        return Objection("refused-before", text)
    return None
