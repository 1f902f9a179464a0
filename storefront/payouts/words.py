"""What staff and sellers read of batches, payouts and statements."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from storefront.core.money import from_paise, grouped
from storefront.payouts.models import Payout
from storefront.payouts.queries import Statement, StatementRow
from storefront.payouts.rules import BatchState, Item, PayoutState

BATCH_WORDS = {
    BatchState.DRAFT: gettext_lazy("Waits for a second person"),
    BatchState.APPROVED: gettext_lazy("Approved, not sent to the bank yet"),
    BatchState.EXPORTED: gettext_lazy("The bank has it"),
    BatchState.CLOSED: gettext_lazy("Closed"),
}
PAYOUT_WORDS = {
    PayoutState.DUE: gettext_lazy("On its way"),
    PayoutState.PAID: gettext_lazy("Paid"),
    PayoutState.FAILED: gettext_lazy("Not paid"),
}
ITEM_WORDS = {
    Item.SOLD: gettext_lazy("Goods and delivery"),
    Item.TAKEN_BACK: gettext_lazy("Given back to the buyer"),
    Item.COMMISSION: gettext_lazy("Commission"),
    Item.COMMISSION_GST: gettext_lazy("GST on the commission"),
    Item.TCS: gettext_lazy("TCS (GST collected at source)"),
    Item.TDS: gettext_lazy("TDS (income tax deducted)"),
}


def day_of(payout: Payout) -> str:
    """Return the day on which a payout was settled, or else given to the bank."""
    moment = payout.settled_at or payout.batch.exported_at or payout.batch.made_at
    return date_format(localtime(moment), "j F Y")


def statement_rows(statement: Statement) -> list[dict[str, Any]]:
    """Return a statement for people: each part with its sums, the last one the seller's."""
    return [{"number": row.number, "sums": _sums(row)} for row in statement.rows]


def _sums(row: StatementRow) -> list[dict[str, Any]]:
    sums = [
        {"label": ITEM_WORDS[item], "text": grouped(from_paise(row.amounts[item]), paise=True)}
        for item in Item
        if row.amounts.get(item)
    ]
    total = {"label": _("Together"), "text": grouped(row.total, paise=True), "is_total": True}
    return [*sums, total]
