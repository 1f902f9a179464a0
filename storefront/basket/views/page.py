"""The basket's doors: look, add, change."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.atlas.queries import pin_facts
from storefront.basket import services
from storefront.basket.forms import AddForm, QuantityForm, VoucherForm
from storefront.basket.models import Basket
from storefront.basket.queries import (
    basket_view,
    pieces_in,
)
from storefront.basket.session import (
    current_basket,
    held_pin,
    needed_basket,
    person,
    remember,
    remember_pin,
)
from storefront.basket.views.shown import basket_context
from storefront.core.doors import form_of, same_origin
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused


@require_safe
def basket_page(request: HttpRequest) -> HttpResponse:
    """Show the basket by seller, with what is wrong and what to do."""
    return _page(request, current_basket(request))


@form_of("basket")
@same_origin
def add_to_basket(request: HttpRequest) -> HttpResponse:
    """
    Put a product into the basket, from a public page, and show the basket.

    Public pages are the same for everybody, so only the basket can tell why it was refused.
    """
    form = AddForm(request.POST)
    if not form.is_valid():
        return _refused(request, _errors(form), status=422)
    basket = needed_basket(request)
    try:
        line = services.add(basket, **form.cleaned_data)
    except Refusal as refusal:
        return remember(_refused(request, str(refusal), basket=basket), basket)
    title = line.product.title
    messages.success(request, _("“%(title)s” is in your basket.") % {"title": title})
    return remember(redirect("basket"), basket)


@form_of("basket")
def change_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change how many pieces a line has; none removes it."""
    basket = current_basket(request)
    form = QuantityForm(request.POST)
    if basket is None:
        return _refused(request, _("This basket was ordered already."))
    if not form.is_valid():
        return _refused(request, _errors(form), status=422)
    try:
        services.set_quantity(basket, line_id=line_id, quantity=form.cleaned_data["quantity"])
    except Refusal as refusal:
        return _refused(request, str(refusal))
    return redirect("basket")


@form_of("basket")
def add_voucher(request: HttpRequest) -> HttpResponse:
    """Put a voucher into the basket."""
    basket, form = current_basket(request), VoucherForm(request.POST)
    if basket is None:
        return _refused(request, _("Your basket is empty."))
    if not form.is_valid():
        return _refused(request, _errors(form), status=422)
    try:
        code = services.add_voucher(basket, code=form.cleaned_data["code"])
    except Refusal as refusal:
        return _refused(request, str(refusal))
    messages.success(request, _("The voucher %(code)s is in your basket.") % {"code": code})
    return redirect("basket")


@form_of("basket")
def remove_voucher(request: HttpRequest, code: str) -> HttpResponse:
    """Take a voucher out of the basket."""
    basket = current_basket(request)
    if basket is not None:
        try:
            services.remove_voucher(basket, code=code)
        except Refusal as refusal:
            return _refused(request, str(refusal))
    return redirect("basket")


def _refused(
    request: HttpRequest, why: str, *, status: int = 409, basket: Basket | None = None
) -> HttpResponse:
    """Show the basket as it is, and why it stayed so."""
    count_refused("pages", "invalid" if status == 422 else "refused")
    messages.error(request, why)
    return _page(request, basket or current_basket(request), status=status)


def _page(request: HttpRequest, basket: Basket | None, *, status: int = 200) -> HttpResponse:
    asked = request.GET.get("pin", "").strip()
    typed = asked or held_pin(request)
    facts = pin_facts(typed)
    context: dict[str, Any] = {"count": 0}
    if basket:
        context = basket_context(basket_view(basket), typed=typed, facts=facts)
    response = render(request, "pages/basket.html", context, status=status)
    return remember_pin(response, facts.pin) if asked and facts.is_known else response


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Return what is personal on a public page: how many pieces are in the basket, and a name."""
    user = person(request)
    name = user.get_short_name() if user else ""
    response = JsonResponse(
        {"basket_count": pieces_in(current_basket(request)), "name": name, "signed_in": bool(user)}
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _errors(form: Form) -> str:
    """Return a form's mistakes as one sentence."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
