"""The checkout page: one form, one order, then the payment page."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from storefront.atlas.rules import clean_pin
from storefront.basket.models import Basket
from storefront.basket.queries import BasketView, Delivery, basket_view, discount_rows
from storefront.basket.services import BasketIsClosed, hold
from storefront.basket.session import current_basket, held_pin, held_token, person, remember_pin
from storefront.basket.views import idle_vouchers, problems
from storefront.checkout import services
from storefront.checkout.forms import AddressForm
from storefront.checkout.queries import (
    Option,
    Summary,
    address_fields,
    addresses_of,
    options,
    picked_of,
    purchase_in,
    summary,
)
from storefront.checkout.views.paying import ways_shown
from storefront.core.clock import clock_text, now, today
from storefront.core.doors import came_from
from storefront.core.money import grouped
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.order.models import Order
from storefront.order.queries import address_lines, order_of_basket
from storefront.payment import services as payment
from storefront.payment.gateways.base import GatewayDown, GatewayRefused
from storefront.payment.gateways.registry import WayRefused
from storefront.payment.rules import LIVE
from storefront.shipping.rules import TooHeavy

HOME_STATE = "09"
JUST_PLACED = timedelta(hours=1)
# Where the form says that an order was refused, and with which status; usually on top, with 409.
ANSWERS = {WayRefused.code: ("way", 422), payment.TooManyStarts.code: (None, 429)}


@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form and the price; on POST place the order and go and pay."""
    basket = current_basket(request)
    if basket is None:
        return _no_basket(request)
    if request.method != "POST":
        return _page(request, basket, _first_form(request))
    if {"look_up", "address"} & request.POST.keys():
        return _look_up(request, basket)
    form = AddressForm(request.POST)
    if not form.is_valid():
        form.fill_in()
        return _page(request, basket, form, status=422)
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
        return _page(request, basket, form, status=status)
    _keep(request, form)
    return _go_and_pay(request, placed)


def _keep(request: HttpRequest, form: AddressForm) -> None:
    """Keep the address of an order that is placed, if its buyer has an account and wished it."""
    user = person(request)
    if user is None or not form.cleaned_data["keep"]:
        return
    try:
        services.save_address(user, form.where())
    except services.TooManyAddresses as refusal:
        count_refused("pages", refusal.code)
        messages.warning(request, _("Your address book is full, so this address was not kept."))


def _look_up(request: HttpRequest, basket: Basket) -> HttpResponse:
    """Show the form as it is typed, filled in by its PIN code or by an address that is kept."""
    typed = request.POST.dict()
    wanted, user = typed.get("address"), person(request)
    for each in addresses_of(user) if user and wanted else ():
        if str(each.pk) == wanted:
            typed |= address_fields(each)
    form = AddressForm.looked_up(typed)
    response = _page(request, basket, form)
    return remember_pin(response, form.initial["postcode"]) if form.place_text else response


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
    """Send a second click or tab, or who goes back after paying, to the order, others back."""
    order = order_of_basket(user=person(request), token=held_token(request))
    if order and (request.method == "POST" or order.date_placed > now() - JUST_PLACED):
        return redirect("order", token=order.token)
    return redirect("basket")


def _page(
    request: HttpRequest, basket: Basket, form: AddressForm, *, status: int = 200
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
        offer = summary(view, buyer_state=str(form["state"].value() or HOME_STATE), today=today())
    except TooHeavy:
        messages.error(
            request, _("We cannot say what delivery costs at the moment. Please try again later.")
        )
        return redirect("basket")
    told = {name: str(form[name].value() or "") for name in ("email", "phone")}
    told["pin"] = clean_pin(str(form["postcode"].value() or ""))
    found = options(offer, purchase_in(offer, today=today(), **told))
    picked = picked_of(found, str(form["way"].value() or ""))
    # The total the buyer is shown now goes with the form, also after a mistake.
    form.show_total(picked.summary.total)
    context = _context(request, form, view, picked) | {
        "ways": ways_shown(found, picked),
        "pay_text": "" if form.goes_nowhere else _pay_text(found),
        "addresses": _addresses(request),
    }
    return render(request, "pages/checkout.html", context, status=status)


def _context(
    request: HttpRequest, form: AddressForm, view: BasketView, picked: Option
) -> dict[str, Any]:
    offer = picked.summary
    kept = _("Your pieces are kept for you until %(time)s.")
    login = "" if person(request) else f"{reverse(settings.LOGIN_URL)}?next={reverse('checkout')}"
    return {
        "form": form,
        "basket_count": view.count,
        "problems": [*problems(view), *idle_vouchers(view)],
        "groups": [_group(each, sent=not form.goes_nowhere) for each in offer.deliveries],
        "sums": _sums(offer, sent=not form.goes_nowhere),
        "login_url": login,
        "kept_text": view.held_until and kept % {"time": clock_text(view.held_until)},
    }


def _sums(offer: Summary, *, sent: bool) -> list[dict[str, Any]]:
    """Return the price in rows; of what cannot be sent only that of the goods."""
    goods = {"label": _("Goods"), "text": offer.full_items_text}
    if not sent:
        return [goods]
    return [
        goods,
        {"label": _("Delivery"), "text": offer.full_shipping_text},
        *discount_rows(offer.discounts),
        *_fee_row(offer),
        {"label": _("To pay, GST included"), "text": offer.total_text, "is_total": True},
    ]


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


def _group(delivery: Delivery, *, sent: bool) -> dict[str, Any]:
    charge = delivery.charge_text or _("not possible to this state")
    return {
        "seller_name": delivery.group.name,
        "lines": [
            {"title": line.title, "quantity": line.quantity, "total_text": line.full_price_text}
            for line in delivery.group.lines
        ],
        "delivery_text": charge if sent else _("not possible to this PIN code"),
        "delivery_date_text": delivery.days_text if sent else "",
    }


def _first_form(request: HttpRequest) -> AddressForm:
    """Return the form with what is known of the buyer: their address, or the PIN asked last."""
    user, pin = person(request), held_pin(request)
    if user is None:
        return AddressForm.looked_up({"postcode": pin}) if pin else AddressForm()
    known = {"email": user.email, "name": user.get_full_name(), "postcode": pin}
    for each in addresses_of(user)[:1]:
        known |= address_fields(each)
    return AddressForm.looked_up(known) if known["postcode"] else AddressForm(initial=known)


def _addresses(request: HttpRequest) -> list[dict[str, str]]:
    """Return what a signed-in buyer can choose from instead of typing."""
    user = person(request)
    return [
        {"id": str(each.pk), "text": ", ".join([each.first_name, *address_lines(each)])}
        for each in (addresses_of(user) if user else ())
    ]
