"""One page for staff: the terms of payment, and the cash that couriers collect."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.accounts.models import User
from storefront.core.clock import now, today
from storefront.core.doors import staff_only
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.fulfilment import services
from storefront.fulfilment.forms import TermsForm
from storefront.fulfilment.queries import cash_on_the_road, cash_with_couriers, pins_without_cash
from storefront.order.models import SellerOrder
from storefront.payment.models import CashPart, PaymentTerms
from storefront.payment.queries import terms_on
from storefront.payment.rules import MAY_ACT, MAY_SEE
from storefront.payment.services.collecting import remit
from storefront.payment.services.terms import add_pin, remove_pin, set_terms

MOST = 100


@require_http_methods(["GET", "POST"])
@staff_only(see=MAY_SEE, act=MAY_ACT)
def ways_page(request: HttpRequest) -> HttpResponse:
    """Show terms, PIN codes and cash; on POST do what the button says."""
    user = cast(User, request.user)
    if request.method == "GET":
        return _page(request, user, TermsForm(instance=_as_now()))
    action = request.POST.get("action", "")
    if action == "terms":
        return _set_terms(request, user)
    act = ACTIONS.get(action)
    if act is None:
        raise Http404
    try:
        act(request, user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _page(request, user, TermsForm(instance=_as_now()), status=409)
    messages.success(request, _("Done."))
    return redirect("ways-to-pay")


def _set_terms(request: HttpRequest, user: User) -> HttpResponse:
    form = TermsForm(request.POST)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            set_terms(facts.pop("valid_from"), facts=facts, by=user, today=today())
        except Refusal as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("Done."))
            return redirect("ways-to-pay")
    return _page(request, user, form, status=422)


def _as_now() -> PaymentTerms:
    """Return the terms of today as a start for new ones."""
    found = terms_on(today()) or PaymentTerms()
    found.valid_from = today()
    return found


def _page(request: HttpRequest, user: User, form: TermsForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "may_act": user.has_perm(MAY_ACT),
        "terms": [_terms(each) for each in PaymentTerms.objects.order_by("-valid_from")[:MOST]],
        "pins": pins_without_cash(),
        "on_the_road": [_cash(each) for each in cash_on_the_road()[:MOST]],
        "with_couriers": [_cash(each) for each in cash_with_couriers()[:MOST]],
    }
    return render(request, "staff/ways_to_pay.html", context, status=status)


def _terms(terms: PaymentTerms) -> dict[str, str]:
    """Return terms in words: what the door is for, and what is taken off online, if anything."""
    words = [_("nobody pays at the door")]
    if terms.cash_most:
        words = [_("up to %(most)s at the door") % {"most": grouped(terms.cash_most)}]
        if terms.cash_fee:
            words.append(_("%(fee)s for it") % {"fee": grouped(terms.cash_fee)})
    off = grouped(terms.prepaid_rupees)
    if terms.prepaid_percent:
        off = f"{terms.prepaid_percent.normalize():f} %"
    if terms.prepaid_percent or terms.prepaid_rupees:
        words.append(_("%(off)s off for paying online") % {"off": off})
    return {"day": date_format(terms.valid_from, "j F Y"), "words": ", ".join(words)}


def _cash(cash: CashPart) -> dict[str, Any]:
    part = cash.seller_order
    return {
        "number": part.number,
        "order": part.order.number,
        "seller": part.seller.name,
        "amount": grouped(cash.amount),
        "when": date_format(localtime(cash.collected_at), "j F, H:i") if cash.collected_at else "",
    }


def _collect(request: HttpRequest, user: User) -> None:
    services.collect(_part(request), by=user, now=now())


def _take_back(request: HttpRequest, user: User) -> None:
    services.take_back(_part(request), by=user, now=now())


def _remit(request: HttpRequest, user: User) -> None:
    parts = SellerOrder.objects.filter(number__in=request.POST.getlist("part"))
    remit(parts, reference=request.POST.get("reference", ""), by=user, now=now())


def _add_pin(request: HttpRequest, user: User) -> None:
    add_pin(request.POST.get("pin", ""), by=user)


def _remove_pin(request: HttpRequest, user: User) -> None:
    remove_pin(request.POST.get("pin", ""))


def _part(request: HttpRequest) -> SellerOrder:
    return get_object_or_404(SellerOrder, number=request.POST.get("part", ""))


ACTIONS: dict[str, Callable[[HttpRequest, User], Any]] = {
    "collected": _collect,
    "came-back": _take_back,
    "remit": _remit,
    "add-pin": _add_pin,
    "remove-pin": _remove_pin,
}
