"""The cash of every parcel, added up once more."""

from collections.abc import Iterator

from django.db.models import Sum

from storefront.ledger.models import Entry
from storefront.ledger.rules import Account
from storefront.order.rules import SellerOrderState
from storefront.payment.models import CashPart, MoneyMovement
from storefront.payment.queries import CASH
from storefront.payment.rules import CashState, MoneyKind

HERE = (SellerOrderState.DELIVERED, SellerOrderState.CLOSED)


def check_cash() -> Iterator[str]:
    """Return a line for every parcel whose cash and rows differ, and for the sum of all."""
    rows = MoneyMovement.objects.filter(provider=CASH)
    columns = ("reference", "kind", "amount_paise")
    money = {(number, kind): paise for number, kind, paise in rows.values_list(*columns)}
    on_the_road = 0
    parts = CashPart.objects.select_related("seller_order")
    for part in parts.order_by("pk").iterator():
        number = part.seller_order.number
        for kind, paise in _expected(part).items():
            found = money.pop((number, kind), 0)
            if found != paise:
                yield f"cash {number}: {kind} is {found} paise, should be {paise}"
        if part.state == CashState.TO_COLLECT and part.seller_order.state in HERE:
            yield f"cash {number}: delivered, but never collected"
        on_the_road += part.amount_paise if part.state == CashState.COLLECTED else 0
    for number, kind in sorted(money):
        yield f"cash {number}: {kind} of no parcel"
    entries = Entry.objects.filter(account=Account.COD_RECEIVABLE)
    booked = entries.aggregate(paise=Sum("amount_paise"))["paise"] or 0
    if booked != on_the_road:
        yield f"couriers: {booked} paise booked with them, the parcels say {on_the_road}"


def _expected(part: CashPart) -> dict[str, int]:
    """Return the money rows that a parcel must have, in signed paise; nothing means none."""
    is_taken = part.state in {CashState.COLLECTED, CashState.REMITTED}
    rounding = part.amount_paise - part.due_paise if is_taken and not part.is_overpaid else 0
    return {
        MoneyKind.COD_COLLECTED: part.amount_paise if is_taken else 0,
        MoneyKind.COD_REMITTED: part.amount_paise if part.state == CashState.REMITTED else 0,
        MoneyKind.ROUNDED_UP: max(rounding, 0),
        MoneyKind.ROUNDED_DOWN: min(rounding, 0),
    }
