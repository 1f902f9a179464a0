"""One page for staff: which jobs are late, and what of the money needs a person."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.core.doors import staff_only
from storefront.core.refusals import Refusal
from storefront.core.services import retry_task
from storefront.payment.models import (
    Difference,
    Dispute,
    ProviderEvent,
    ProviderPayout,
    Refund,
)
from storefront.payment.rules import MAY_ACT, MAY_SEE
from storefront.payment.services import approve, decline_refund
from storefront.payment.services.disputes import release
from storefront.payment.services.outside import allot
from storefront.payment.services.trouble import (
    not_needed,
    paid_by_bank,
    retry_event,
    retry_refund,
    settle_difference,
    settle_payout,
)
from storefront.payment.views.words import sections


@require_http_methods(["GET", "POST"])
@staff_only(see=MAY_SEE, act=MAY_ACT)
def money_page(request: HttpRequest) -> HttpResponse:
    """Show what needs a person; on POST do what its button says."""
    user = cast(User, request.user)
    if request.method == "GET":
        context = {"sections": sections(now=now(), user=user), "may_act": user.has_perm(MAY_ACT)}
        return render(request, "staff/money.html", context)
    act = ACTIONS.get(request.POST.get("action", ""))
    if act is None:
        raise Http404
    try:
        act(request, user)
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("money")


def _retry_event(request: HttpRequest, user: User) -> None:
    retry_event(get_object_or_404(ProviderEvent, pk=_id(request)))


def _retry_task(request: HttpRequest, user: User) -> None:
    retry_task(UUID(_id(request)), now=now())


def _retry_refund(request: HttpRequest, user: User) -> None:
    retry_refund(_refund(request), by=user, now=now())


def _approve_refund(request: HttpRequest, user: User) -> None:
    approve(_refund(request), by=user)


def _decline_refund(request: HttpRequest, user: User) -> None:
    decline_refund(_refund(request), by=user)


def _not_needed(request: HttpRequest, user: User) -> None:
    not_needed(_refund(request), by=user)


def _paid_by_bank(request: HttpRequest, user: User) -> None:
    paid_by_bank(_refund(request), now=now())


def _allot(request: HttpRequest, user: User) -> None:
    refund = _refund(request)
    number = request.POST.get("part")
    part = get_object_or_404(refund.order.seller_orders, number=number) if number else None
    allot(refund, part=part, now=now())


def _settle_difference(request: HttpRequest, user: User) -> None:
    settle_difference(get_object_or_404(Difference, pk=_id(request)), by=user, now=now())


def _settle_payout(request: HttpRequest, user: User) -> None:
    settle_payout(get_object_or_404(ProviderPayout, pk=_id(request)), by=user, now=now())


def _release(request: HttpRequest, user: User) -> None:
    release(get_object_or_404(Dispute, pk=_id(request)), by=user, now=now())


def _refund(request: HttpRequest) -> Refund:
    return get_object_or_404(Refund.objects.select_related("order"), pk=_id(request))


def _id(request: HttpRequest) -> str:
    return request.POST.get("id", "")


ACTIONS: dict[str, Callable[[HttpRequest, User], Any]] = {
    "retry-event": _retry_event,
    "retry-task": _retry_task,
    "retry-refund": _retry_refund,
    "approve-refund": _approve_refund,
    "decline-refund": _decline_refund,
    "not-needed": _not_needed,
    "paid-by-bank": _paid_by_bank,
    "allot": _allot,
    "settle-difference": _settle_difference,
    "settle-payout": _settle_payout,
    "release": _release,
}
