"""What a page says about pieces that are to be taken back: line by line, and what comes back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from storefront.core.money import ZERO, grouped
from storefront.core.refusals import Refusal
from storefront.core.words import in_language
from storefront.order.models import Line
from storefront.payment.services import NoSuchLine, NothingChosen, Plan

# What is wrong with what was sent, instead of with how the order stands.
STATUS: Mapping[str, int] = {NothingChosen.code: 422, NoSuchLine.code: 422}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refused cancellation."""
    return STATUS.get(refusal.code, 409)


def review(plan: Plan, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return the rows of what comes back, in the language of the moment, the sum last."""
    titles = {line.pk: in_language(line.title, line.title_hi) for line in lines}
    undoings = [each for each, _has_left in plan.undoings]
    rows = [
        {
            "label": f"{each.quantity} × {titles[each.line_id]}",
            "text": grouped(each.goods),
        }
        for each in undoings
    ]
    delivery = sum((each.delivery for each in undoings), ZERO)
    if delivery:
        rows.append({"label": _("Delivery"), "text": grouped(delivery)})
    missing = sum((each.worth for each in undoings), ZERO) - plan.amount
    if missing:
        rows.append({"label": _("Not paid, or back already"), "text": grouped(-missing)})
    return [
        *rows,
        {"label": _("Comes back"), "text": grouped(plan.amount), "is_total": True},
    ]
