"""The checkout page: one form, one order, then the payment page."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.basket.models import Basket
from storefront.basket.queries import BasketView, basket_view, discount_rows
from storefront.basket.services import BasketIsClosed, hold
from storefront.basket.session import current_basket, held_token, person
from storefront.basket.views import idle_vouchers, problems
from storefront.checkout import services
from storefront.checkout.forms import AddressForm
from storefront.checkout.queries import (
    Delivery,
    Option,
    Summary,
    options,
    picked_of,
    purchase_in,
    summary,
    usual_address,
)
from storefront.checkout.views.paying import ways_shown
from storefront.core.clock import clock_text, now, today
from storefront.core.doors import came_from
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.order.models import Order
from storefront.order.queries import order_of_basket
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.gateways.registry import WayRefused
from storefront.payment.rules import LIVE
from storefront.shipping.rules import TooHeavy

HOME_STATE = "09"
# Where the form says that an order was refused, and with which status; usually on top, with 409.
ANSWERS = {WayRefused.code: ("way", 422), payment.TooManyStarts.code: (None, 429)}


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form and the price; on POST place the order and go and pay."""
    basket = current_basket(request)
    if basket is None:
        return _no_basket(request)
    if request.method != "POST":
        known = _known(request)
        form = AddressForm(initial=known)
        return _page(request, basket, form, known.get("state") or HOME_STATE)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, basket, form, request.POST.get("state", ""), status=422)
    try:
        placed = services.place_order(
            basket,
            buyer=form.buyer(
                language=(get_language() or "en")[:2],
                user=person(request),
                came_from=came_from(request),
            ),
            expected_total=form.seen_total(),
            now=now(),
            way=form.cleaned_data["way"],
        )
    except Refusal as refusal:
        count_refused("pages", refusal.code)
        field, status = ANSWERS.get(refusal.code, (None, 409))
        form.add_error(field, str(refusal))
        return _page(request, basket, form, form.cleaned_data["state"].pk, status=status)
    return _go_and_pay(request, placed)


def _go_and_pay(request: HttpRequest, placed: services.Placed) -> HttpResponse:
    """Open the payment page; if the provider is down, the order waits at its own page."""
    order: Order = placed.order
    if placed.attempt is not None and placed.attempt.state in LIVE:
        try:
            return redirect(payment.open_page(placed.attempt))
        except (GatewayDown, GatewayRefused):
            messages.error(
                request,
                _("The payment page cannot be reached. Your order is kept: please try again."),
            )
    return redirect("order", token=order.token)


def _no_basket(request: HttpRequest) -> HttpResponse:
    """Send a second click or tab to the order that was just placed, anybody else to the basket."""
    order = None
    if request.method == "POST":
        order = order_of_basket(user=person(request), token=held_token(request))
    return redirect("order", token=order.token) if order else redirect("basket")


def _page(
    request: HttpRequest, basket: Basket, form: AddressForm, state: str, *, status: int = 200
) -> HttpResponse:
    try:
        if request.method != "HEAD":
            hold(basket, now=now())
    except BasketIsClosed:  # a second click was faster
        return _no_basket(request)
    # Some discounts are for one person once: with the e-mail the buyer sees what they will pay.
    view = basket_view(basket, email=str(form["email"].value() or ""))
    if not view.lines:
        return redirect("basket")
    try:
        offer = summary(view, buyer_state=state or HOME_STATE, today=today())
    except TooHeavy:
        messages.error(
            request, _("We cannot say what delivery costs at the moment. Please try again later.")
        )
        return redirect("basket")
    told = {name: str(form[name].value() or "") for name in ("email", "phone")}
    found = options(offer, purchase_in(offer, today=today(), **told))
    picked = picked_of(found, str(form["way"].value() or ""))
    # The total the buyer is shown now goes with the form, also after a mistake.
    form.show_total(picked.summary.total)
    context = _context(request, form, view, picked) | {
        "ways": ways_shown(found, picked),
        "pay_text": _pay_text(found),
    }
    return render(request, "pages/checkout.html", context, status=status)


def _context(
    request: HttpRequest, form: AddressForm, view: BasketView, picked: Option
) -> dict[str, Any]:
    offer = picked.summary
    kept = _("Your pieces are kept for you until %(time)s.")
    login = "" if person(request) else f"{settings.LOGIN_URL}?next={reverse('checkout')}"
    return {
        "form": form,
        "basket_count": view.count,
        "problems": [*problems(view), *idle_vouchers(view)],
        "groups": [_group(delivery) for delivery in offer.deliveries],
        "sums": [
            {"label": _("Goods"), "text": offer.full_items_text},
            {"label": _("Delivery"), "text": offer.full_shipping_text},
            *discount_rows(offer.discounts),
            *_fee_row(offer),
            {"label": _("To pay, GST included"), "text": offer.total_text, "is_total": True},
        ],
        "login_url": login,
        "kept_text": view.held_until and kept % {"time": clock_text(view.held_until)},
    }


def _pay_text(found: list[Option]) -> str:
    """Return what the button says: the price, where all ways to pay have the same."""
    prices = {each.summary.total_text for each in found if each.objection is None}
    if len(prices) != 1:
        return _("Place the order")
    return _("Place the order and pay %(total)s") % {"total": prices.pop()}


def _fee_row(offer: Summary) -> list[dict[str, str]]:
    if not offer.door_fee:
        return []
    return [{"label": _("For paying at the door"), "text": grouped(offer.door_fee)}]


def _group(delivery: Delivery) -> dict[str, Any]:
    quote = delivery.quote
    days = quote and ngettext("%(a)s–%(b)s day", "%(a)s–%(b)s days", quote.days_max) % {
        "a": quote.days_min + delivery.group.lead_days,
        "b": quote.days_max + delivery.group.lead_days,
    }
    return {
        "seller_name": delivery.group.name,
        "lines": [
            {"title": line.title, "quantity": line.quantity, "total_text": line.full_price_text}
            for line in delivery.group.lines
        ],
        "delivery_text": delivery.charge_text or _("not possible to this state"),
        "delivery_date_text": days or "",
    }


def _known(request: HttpRequest) -> dict[str, Any]:
    user = person(request)
    if user is None:
        return {}
    return {"email": user.email, "name": user.get_full_name()} | usual_address(user)
