"""What the staff's money page says of each thing."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from storefront.accounts.models import User
from storefront.core.models import Heartbeat, Refused
from storefront.core.money import from_paise, grouped
from storefront.core.queries import failed_tasks, late_jobs
from storefront.order.rules import Why
from storefront.order.words import WHY_WORDS
from storefront.payment.models import Difference, Dispute, ProviderPayout, Refund
from storefront.payment.queries import (
    CASH,
    given_up,
    holds,
    is_had_already,
    payouts,
    payouts_to_see_to,
    refunds_to_approve,
    refunds_to_see_to,
)
from storefront.payment.rules import PAYOUT_BACK, PayoutState, RefundState

MOST, LAST_PAYOUTS = 50, 10
REFUSALS_OF = timedelta(days=7)
Row = dict[str, Any]
REFUND_WORDS = {
    RefundState.TO_APPROVE: gettext_lazy("Waits for a second person"),
    RefundState.DECLINED: gettext_lazy("Declined"),
    RefundState.NEW: gettext_lazy("Being sent"),
    RefundState.PENDING: gettext_lazy("On its way"),
    RefundState.SUCCEEDED: gettext_lazy("Paid back"),
    RefundState.FAILED: gettext_lazy("Sent back by the buyer's bank"),
    RefundState.REVIEW: gettext_lazy("Refused by the provider"),
}

PAYOUT_WORDS = {
    PayoutState.PENDING: gettext_lazy("Being prepared"),
    PayoutState.IN_TRANSIT: gettext_lazy("On its way"),
    PayoutState.PAID: gettext_lazy("Arrived"),
    PayoutState.FAILED: gettext_lazy("Failed: the money is where it was"),
    PayoutState.CANCELED: gettext_lazy("Called back: the money is where it was"),
}


def sections(*, now: datetime, user: User) -> list[Row]:
    """Return the parts of the page, each with a title, what it says when empty, and rows."""
    return [
        _section(_("Jobs"), _("No job has run yet."), _jobs(now)),
        _section(
            _("Orders on hold"),
            _("No bank is questioning a payment."),
            [_hold(each) for each in holds()[:MOST]],
        ),
        _section(
            _("Refunds that wait for a second person"),
            _("Nothing waits."),
            [_to_approve(each, user) for each in refunds_to_approve()[:MOST]],
        ),
        _section(
            _("Refunds that need a person"),
            _("Every refund went its way."),
            [_refund(each) for each in refunds_to_see_to()[:MOST]],
        ),
        _section(
            _("Differences from the provider's books"),
            _("The provider's books and ours agree."),
            [_difference(each) for each in _open_differences()],
        ),
        *_payouts(),
        _section(
            _("Messages that were given up"),
            _("Every message was worked."),
            [
                _row(f"{each.type} {each.event_id}", each.error, each.received_at, each.pk)
                | {"buttons": [_button("retry-event", _("Try again"))]}
                for each in given_up()[:MOST]
            ],
        ),
        _section(
            _("Letters and tasks that failed"),
            _("Every letter and task was done."),
            [_task(each) for each in failed_tasks(MOST)],
        ),
        _section(
            _("Requests refused in the last seven days, by door and reason"),
            _("None."),
            _refused(now),
        ),
    ]


def _payouts() -> list[Row]:
    return [
        _section(
            _("Payouts that came back"),
            _("No payout came back."),
            [
                _payout(each) | {"buttons": [_button("settle-payout", _("I have seen to it"))]}
                for each in payouts_to_see_to()[:MOST]
            ],
        ),
        _section(
            _("The last payouts of the provider to our bank"),
            _("None."),
            [_payout(each) for each in payouts()[:LAST_PAYOUTS]],
        ),
    ]


def _section(title: str, empty: str, rows: list[Row]) -> Row:
    return {"title": title, "empty": empty, "rows": rows}


def _jobs(now: datetime) -> list[Row]:
    late = set(late_jobs(now=now))
    return [
        _row(each.name, _("late") if each.name in late else _("on time"), each.at)
        | {"is_bad": each.name in late}
        for each in Heartbeat.objects.filter(every__gt=0).order_by("name")
    ]


def _hold(dispute: Dispute) -> Row:
    amount = grouped(from_paise(dispute.amount_paise))
    due = _("answer by %(date)s") % {"date": _moment(dispute.due_by)} if dispute.due_by else ""
    detail = ", ".join(filter(None, [amount, dispute.reason, dispute.status, due]))
    return _row(dispute.order.number, detail, dispute.created_at, dispute.pk) | {
        "order": dispute.order.number,
        "buttons": [_button("release", _("Let it be sent"))],
    }


def _to_approve(refund: Refund, user: User) -> Row:
    """Return a refund with its buttons; who asked for it can only take it back."""
    asker = refund.requested_by
    amount = grouped(from_paise(refund.amount_paise))
    detail = _("%(amount)s, asked for by %(person)s") % {
        "amount": amount,
        "person": asker.email if asker else "–",
    }
    if refund.cancellation is not None:
        detail += f": {WHY_WORDS[Why(refund.cancellation.why)]}. {refund.cancellation.words}"
    row = _row(refund.order.number, detail, refund.created_at, refund.pk)
    is_own = asker is not None and asker.pk == user.pk
    return row | {
        "order": refund.order.number,
        "buttons": [_button("decline-refund", _("Withdraw"))]
        if is_own
        else [
            _button("approve-refund", _("Approve")),
            _button("decline-refund", _("Decline")),
        ],
    }


def _refund(refund: Refund) -> Row:
    amount = grouped(from_paise(refund.amount_paise))
    row = _row(refund.order.number, f"{amount}, {refund.reason}", refund.created_at, refund.pk)
    row["order"] = refund.order.number
    if refund.state == RefundState.FAILED:
        row["detail"] += ", " + _("sent back by the buyer's bank")
        row["buttons"] = [
            _button("retry-refund", _("Try again")),
            _button("paid-by-bank", _("Paid by bank transfer")),
        ]
    elif refund.attempt.provider == CASH:
        row["detail"] += ", " + _("paid in cash: the buyer tells a bank account or UPI address")
        row["buttons"] = [_button("paid-by-bank", _("Paid by bank transfer"))]
    elif refund.state == RefundState.REVIEW:
        row["detail"] += ", " + _("refused by the provider")
        row["buttons"] = [_button("retry-refund", _("Try again"))]
        if is_had_already(refund):
            row["buttons"].append(_button("not-needed", _("The buyer has the money already")))
    else:
        row["detail"] += ", " + _("made in the provider's dashboard")
        row["parts"] = [
            {"number": part.number, "seller": part.seller.name}
            for part in refund.order.seller_orders.select_related("seller").order_by("pk")
        ]
        row["buttons"] = [_button("allot", _("Say who bears it"))]
    return row


def _open_differences() -> list[Difference]:
    waiting = Difference.objects.filter(settled_at=None).select_related("run")
    return list(waiting.order_by("-pk")[:MOST])


def _difference(found: Difference) -> Row:
    known = {"ours": _paise(found.ours_paise), "theirs": _paise(found.theirs_paise)}
    detail = _("ours %(ours)s, the provider's %(theirs)s") % known
    row = _row(f"{found.kind} {found.reference}", detail, found.run.until, found.pk)
    return row | {"buttons": [_button("settle-difference", _("I have seen to it"))]}


def _payout(payout: ProviderPayout) -> Row:
    is_back = payout.state in PAYOUT_BACK
    arrival = {"date": date_format(payout.arrives_on, "j F Y")}
    facts = [
        _paise(payout.amount_paise),
        _("taken from our bank") if payout.amount_paise < 0 else "",
        str(PAYOUT_WORDS[PayoutState(payout.state)]),
        payout.failure,
        "" if is_back else _("arrival on %(date)s") % arrival,
    ]
    row = _row(payout.reference, ", ".join(filter(None, facts)), payout.made_at, payout.pk)
    return row | {"is_bad": is_back and payout.settled_at is None}


def _task(failed: "DBTaskResult[Any, Any]") -> Row:
    args = failed.args_kwargs.get("args", [])
    detail = f"{args[0] if args else ''} {failed.exception_class_path}".strip()
    row = _row(failed.task_path.rpartition(".")[2], detail, failed.finished_at, failed.pk)
    return row | {"buttons": [_button("retry-task", _("Try again"))]}


def _refused(now: datetime) -> list[Row]:
    counted = Refused.objects.filter(day__gt=(now - REFUSALS_OF).date())
    sums = counted.values("door", "reason").annotate(total=Sum("count")).order_by("door", "reason")
    return [_row(f"{row['door']}: {row['reason']}", str(row["total"]), None) for row in sums]


def _row(text: str, detail: str, when: datetime | None, pk: object = "") -> Row:
    return {
        "text": text,
        "detail": detail,
        "when": _moment(when) if when else "",
        "id": str(pk),
        "buttons": [],
    }


def _button(action: str, label: str) -> Row:
    return {"action": action, "label": label}


def _moment(when: datetime) -> str:
    return date_format(localtime(when), "j F Y, H:i")


def _paise(amount: int | None) -> str:
    return "–" if amount is None else grouped(from_paise(amount))
