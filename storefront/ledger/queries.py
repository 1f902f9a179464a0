"""What stands in the books."""

from django.db.models import Sum

from storefront.ledger.models import Entry
from storefront.ledger.rules import Account
from storefront.order.models import Order
from storefront.partner.models import Partner


def balances(*, order: Order | None = None) -> dict[Account, int]:
    """Return what stands on each account in paise, of one order or of all; debits are positive."""
    entries = Entry.objects.filter(journal__order=order) if order else Entry.objects.all()
    rows = entries.values("account").annotate(total=Sum("amount_paise")).order_by("account")
    return {Account(row["account"]): row["total"] for row in rows if row["total"]}


def owed_to(seller: Partner, *, order: Order | None = None) -> int:
    """Return what the shop owes a seller in paise, for one order or for all."""
    entries = Entry.objects.filter(account=Account.SELLER_PAYABLE, seller=seller)
    if order is not None:
        entries = entries.filter(journal__order=order)
    return -(entries.aggregate(total=Sum("amount_paise"))["total"] or 0)
