"""What the desk says of a parcel that is paid at the door."""

from typing import Any

from django.utils.translation import gettext as _

from storefront.core.money import grouped
from storefront.order.models import SellerOrder
from storefront.order.rules import SellerOrderState
from storefront.payment.queries import cash_of
from storefront.payment.rules import CashState

ON_THE_WAY = {SellerOrderState.SHIPPED}
THERE = {*ON_THE_WAY, SellerOrderState.DELIVERED, SellerOrderState.CLOSED}


def cash_rows(part: SellerOrder) -> list[dict[str, str]]:
    """Return the rows that cash adds to a part's sum: its rounding, and what is collected."""
    cash = cash_of(part)
    if cash is None or cash.is_overpaid or cash.state == CashState.DROPPED:
        return []
    rounding = {"label": _("Rounded to whole rupees"), "text": grouped(cash.rounding, paise=True)}
    collected = {"label": _("Cash at the door"), "text": grouped(cash.amount)}
    return [*([rounding] if cash.rounding else []), collected]


def cash_box(part: SellerOrder) -> dict[str, Any] | None:
    """Return what the seller reads of the cash, and may say of it."""
    cash = cash_of(part)
    if cash is None:
        return None
    amount = {"amount": grouped(cash.amount)}
    texts = {
        CashState.TO_COLLECT: _("The courier must collect %(amount)s in cash.") % amount,
        CashState.COLLECTED: _("The courier collected %(amount)s.") % amount,
        CashState.REMITTED: _("The courier collected %(amount)s, and the shop has it.") % amount,
        CashState.REFUSED: _("The buyer did not take the parcel."),
        CashState.DROPPED: _("The order was paid online. The courier must collect nothing."),
    }
    state = CashState(cash.state)
    is_waiting = state == CashState.TO_COLLECT
    may_be_taken = part.state in THERE and state in {CashState.TO_COLLECT, CashState.DROPPED}
    return {
        "text": texts[state],
        "collected_text": may_be_taken and _("The courier collected %(amount)s") % amount,
        "can_come_back": is_waiting and part.state in ON_THE_WAY,
    }
