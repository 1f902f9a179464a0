"""The way every door takes pieces of an order back: choose, look at what comes back, and do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from storefront.accounts.models import User
from storefront.core.money import ZERO, grouped
from storefront.core.refusals import Refusal
from storefront.core.words import in_language
from storefront.order.models import Cancellation, Line, Order
from storefront.order.queries import lines_of
from storefront.order.rules import Asker
from storefront.partner.models import Partner
from storefront.payment.forms import TakeBackForm
from storefront.payment.services import NoSuchLine, NothingChosen, Plan, cancel, plan

# What is wrong with what was sent, instead of with how the order stands.
STATUS: Mapping[str, int] = {NothingChosen.code: 422, NoSuchLine.code: 422}


@dataclass(frozen=True, slots=True)
class Step:
    """How far a person is: choosing (no plan), looking at what comes back, or done."""

    form: TakeBackForm
    plan: Plan | None = None
    done: Cancellation | None = None
    status: int = 200

    @property
    def context(self) -> dict[str, Any]:
        """Return what components/take_back.html shows."""
        sent = self.form.data
        return {
            "form": self.form,
            "lines": self.form.rows(),
            "sums": _sums(self.plan, self.form.lines) if self.plan else [],
            "hidden": [
                *((name, sent[name]) for name in sent if name.startswith("line-")),
                ("why", sent.get("why", "")),
                ("key", self.form.initial["key"]),
                ("expected", f"{self.plan.amount:f}" if self.plan else ""),
            ],
        }


def take_step(
    request: HttpRequest,
    order: Order,
    *,
    asker: Asker,
    by: User | None,
    seller: Partner | None = None,
) -> Step:
    """Return the step a request leads to: without values, with values, or with a POST of them."""
    is_post = request.method == "POST"
    sent = request.POST if is_post else request.GET if "why" in request.GET else None
    form = TakeBackForm(asker, lines_of(order, seller=seller), sent)
    if not form.is_valid():
        return Step(form, status=422 if form.is_bound else 200)
    wish = form.wish(by=by, seller=seller)
    try:
        if is_post:
            return Step(form, done=cancel(order, wish=wish))
        return Step(form, plan=plan(order, wish))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return Step(form, status=STATUS.get(refusal.code, 409))


def _sums(plan: Plan, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Return the rows of what comes back, the sum last."""
    titles = {line.pk: in_language(line.title, line.title_hi) for line in lines}
    undoings = [each for each, _has_left in plan.undoings]
    rows = [
        {"label": f"{each.quantity} × {titles[each.line_id]}", "text": grouped(each.goods)}
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
