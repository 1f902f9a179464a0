"""Pages for staff: batches of payouts, one batch with what its buttons do, and a statement."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.core.doors import staff_only
from storefront.core.money import from_paise, grouped
from storefront.core.refusals import Refusal
from storefront.payouts import services
from storefront.payouts.forms import AnswerForm
from storefront.payouts.models import Payout, PayoutBatch
from storefront.payouts.queries import batches, payouts_in, statements
from storefront.payouts.rules import (
    MAY_ACT,
    MAY_SEE,
    BatchState,
    Item,
    PayoutState,
)
from storefront.payouts.words import BATCH_WORDS, PAYOUT_WORDS, day_of, statement_rows

PER_PAGE = 20
KEPT = (Item.COMMISSION, Item.COMMISSION_GST, Item.TCS, Item.TDS)
# What is wrong with what was sent, instead of with how things stand.
STATUS = {
    services.UtrRefused.code: 422,
    services.ReasonMissing.code: 422,
    services.NoSuchPayout.code: 422,
}
Act = Callable[[HttpRequest, PayoutBatch], HttpResponse | None]
guarded = staff_only(see=MAY_SEE, act=MAY_ACT)


@require_http_methods(["GET", "POST"])
@guarded
def batches_page(request: HttpRequest) -> HttpResponse:
    """Show all batches; on POST make a draft of all that can be paid out now."""
    user, status = cast(User, request.user), 200
    if request.method == "POST":
        try:
            batch = services.draft_batch(by=user, now=now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            status = 409
        else:
            return redirect("payout-batch", batch_id=batch.pk)
    page = Paginator(batches(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batches": [_batch(batch) for batch in page],
        "page": page,
        "may_act": user.has_perm(MAY_ACT),
    }
    return render(request, "staff/payouts.html", context, status=status)


@require_http_methods(["GET", "POST"])
@guarded
def batch_page(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show a batch with each seller's sums; on POST do what the button says."""
    batch = get_object_or_404(batches(), pk=batch_id)
    if request.method == "GET":
        return _page(request, batch)
    action = request.POST.get("action", "")
    if action == "answer":
        return _read_answer(request, batch)
    act = ACTIONS.get(action)
    if act is None:
        raise Http404
    return _do(request, batch, act)


@require_GET
@guarded
def statement_page(request: HttpRequest, batch_id: int, payout_id: int) -> HttpResponse:
    """Show what a payout covers, order by order, as its seller sees it."""
    found = Payout.objects.select_related("seller", "batch")
    payout = get_object_or_404(found, pk=payout_id, batch=batch_id)
    context = {
        "payout": _payout(payout),
        "batch_id": batch_id,
        "rows": statement_rows(statements([payout])[payout.pk]),
    }
    return render(request, "staff/payout_statement.html", context)


def _do(
    request: HttpRequest, batch: PayoutBatch, act: Act, *, answer: AnswerForm | None = None
) -> HttpResponse:
    """Do something to a batch; what is refused comes back as the page it was asked on."""
    try:
        file = act(request, batch)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        fresh = get_object_or_404(batches(), pk=batch.pk)
        return _page(request, fresh, answer=answer, status=STATUS.get(refusal.code, 409))
    if file is not None:
        return file
    messages.success(request, _("Done."))
    return redirect("payout-batch", batch_id=batch.pk)


def _read_answer(request: HttpRequest, batch: PayoutBatch) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, answer=form, status=422)

    def write(request: HttpRequest, batch: PayoutBatch) -> None:
        utrs = form.cleaned_data["lines"]
        services.mark_all_paid(batch, utrs=utrs, by=cast(User, request.user), now=now())

    return _do(request, batch, write, answer=form)


def _page(
    request: HttpRequest, batch: PayoutBatch, *, answer: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """Show a batch; what somebody typed into a form that was refused is still there."""
    user, typed = cast(User, request.user), request.POST
    payouts = payouts_in(batch)
    told = statements(payouts)
    rows = []
    for payout in payouts:
        statement, is_typed = told[payout.pk], typed.get("payout") == str(payout.pk)
        rows.append(
            _payout(payout)
            | {
                "orders": len(statement.rows),
                "sold": grouped(statement.of(Item.SOLD)),
                "back": grouped(statement.of(Item.TAKEN_BACK)),
                "kept": grouped(statement.of(*KEPT)),
                "typed_utr": typed.get("utr", "") if is_typed else "",
                "typed_reason": typed.get("reason", "") if is_typed else "",
            }
        )
    due = [payout for payout in payouts if payout.state == PayoutState.DUE]
    context = {
        "batch": _batch(batch),
        "rows": rows,
        "total": _total(payouts),
        "due": _total(due),
        "answer": answer or AnswerForm(),
        "typed_reason": typed.get("reason", "") if "payout" not in typed else "",
        "may_act": user.has_perm(MAY_ACT),
        "is_own": batch.made_by_id == user.pk,
    }
    return render(request, "staff/payout_batch.html", context, status=status)


def _batch(batch: PayoutBatch) -> dict[str, Any]:
    return {
        "id": batch.pk,
        "state": batch.state,
        "words": BATCH_WORDS[BatchState(batch.state)],
        "when": date_format(localtime(batch.made_at), "j F Y, H:i"),
        "made_by": batch.made_by.email,
        "approved_by": batch.approved_by.email if batch.approved_by else "",
    }


def _payout(payout: Payout) -> dict[str, Any]:
    return {
        "id": payout.pk,
        "number": payout.number,
        "seller": payout.seller.name,
        "amount": grouped(payout.amount),
        "state": payout.state,
        "words": PAYOUT_WORDS[PayoutState(payout.state)],
        "utr": payout.utr or "",
        "failure": payout.failure,
        "day": day_of(payout) if payout.settled_at else "",
    }


def _total(payouts: list[Payout]) -> str:
    return grouped(from_paise(sum(payout.amount_paise for payout in payouts)))


def _approve(request: HttpRequest, batch: PayoutBatch) -> None:
    services.approve(batch, by=cast(User, request.user), now=now())


def _decline(request: HttpRequest, batch: PayoutBatch) -> None:
    reason = request.POST.get("reason", "")
    services.decline(batch, reason=reason, by=cast(User, request.user), now=now())


def _export(request: HttpRequest, batch: PayoutBatch) -> HttpResponse:
    file = services.export(batch, by=cast(User, request.user), now=now())
    response = HttpResponse(file, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="payouts-{batch.pk}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _paid(request: HttpRequest, batch: PayoutBatch) -> None:
    utr = request.POST.get("utr", "")
    services.mark_paid(_one(request, batch), utr=utr, by=cast(User, request.user), now=now())


def _failed(request: HttpRequest, batch: PayoutBatch) -> None:
    try:
        seen = PayoutState(request.POST.get("seen", ""))
    except ValueError as error:
        raise Http404 from error
    services.mark_failed(
        _one(request, batch),
        reason=request.POST.get("reason", ""),
        seen=seen,
        by=cast(User, request.user),
        now=now(),
    )


def _one(request: HttpRequest, batch: PayoutBatch) -> Payout:
    """Return the payout of the batch that a form is about."""
    number = request.POST.get("payout", "")
    found = [each for each in payouts_in(batch) if str(each.pk) == number]
    if not found:
        raise Http404
    return found[0]


ACTIONS: dict[str, Act] = {
    "approve": _approve,
    "decline": _decline,
    "export": _export,
    "paid": _paid,
    "failed": _failed,
}
