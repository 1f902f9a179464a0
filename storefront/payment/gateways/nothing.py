"""An order that costs nothing: vouchers pay all of it, and nobody is asked for money."""

from django.utils.translation import gettext, gettext_lazy

from storefront.payment.gateways.base import Objection, Purchase
from storefront.payment.rules import WayKind


class NothingToPay:
    """The way to pay nothing."""

    name = "nothing"
    label = gettext_lazy("Nothing to pay")
    kind = WayKind.NOTHING

    def why_not(self, purchase: Purchase) -> Objection | None:
        """Object to whatever costs something."""
        if purchase.total:
            return Objection("has-a-price", gettext("This order is not free."))
        return None


def nothing_to_pay(purchase: Purchase) -> Objection | None:
    """Return the objection of all other ways to an order that costs nothing."""
    if purchase.total:
        return None
    return Objection("nothing-to-pay", gettext("There is nothing to pay."))
