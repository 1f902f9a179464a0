"""The buyer's own page and all their orders; an old order can be put into the basket again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from storefront.accounts.models import User
from storefront.basket.session import needed_basket, remember, signed_in
from storefront.buyer import services
from storefront.checkout.views.words import LABELS
from storefront.core.doors import form_of
from storefront.core.money import grouped
from storefront.order.models import Order
from storefront.order.queries import orders_of
from storefront.order.rules import OrderState, Progress, SellerOrderState, progress
from storefront.partner.models import sellers_of

SHOWN, PER_PAGE = 3, 10


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the newest orders, and the way to all that is the person's own."""
    user = signed_in(request)
    context = {
        "account": {
            "name": user.get_full_name(),
            "email": user.email,
            "logout_url": reverse("account_logout"),
            "workplaces": _workplaces(user),
            "rooms": _rooms(),
            "keys": [
                {"name": _("Change e-mail"), "url": reverse("account_email")},
                {"name": _("Change password"), "url": reverse("account_change_password")},
                {"name": _("Second factor"), "url": reverse("mfa_index")},
            ],
        },
        "orders": [_row(order) for order in orders_of(user)[:SHOWN]],
        "orders_url": reverse("my-orders"),
    }
    return render(request, "pages/account.html", context)


@require_safe
@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """Show all orders of a person, a page at a time."""
    found = Paginator(orders_of(signed_in(request)), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "orders": [_row(order) for order in page],
        "page": {
            "number": page.number,
            "pages": found.num_pages,
            "prev_url": f"?page={page.number - 1}" if page.has_previous() else "",
            "next_url": f"?page={page.number + 1}" if page.has_next() else "",
        },
    }
    return render(request, "pages/orders.html", context)


@form_of("my-orders")
@login_required
def order_again(request: HttpRequest, number: str) -> HttpResponse:
    """Put into the basket what an earlier order held, and say what cannot be had."""
    order = orders_of(signed_in(request)).filter(number=number).first()
    if order is None:
        raise Http404
    basket = needed_basket(request)
    again = services.order_again(basket, order)
    for title, why in again.missing:
        messages.error(request, f"{title}: {why}")
    if again.added:
        text = ngettext(
            "%(n)s piece is in your basket.", "%(n)s pieces are in your basket.", again.added
        )
        messages.success(request, text % {"n": again.added})
    return remember(redirect("basket"), basket)


def _rooms() -> list[dict[str, str]]:
    """Return where the account leads to."""
    rooms = (
        (_("Orders"), _("How far they are, and the same again"), "my-orders"),
        (_("Addresses"), _("Where your parcels go"), "addresses"),
        (_("Wish list"), _("What you saved for later"), "wishes"),
        (_("When it is back"), _("Letters you wait for"), "alerts"),
        (_("Reviews"), _("Write about what you have"), "my-reviews"),
        (_("Questions"), _("What you asked sellers"), "my-questions"),
        (_("Letters and language"), _("What we may send you"), "letters"),
        (_("Your data"), _("See it, take it with you, delete it"), "my-data"),
    )
    return [{"name": name, "text": text, "url": reverse(to)} for name, text, to in rooms]


def _workplaces(user: User) -> list[dict[str, str]]:
    """Return the doors of those who work here: sellers, writers, staff."""
    doors = (
        (_("Seller desk"), "desk", sellers_of(user).exists()),
        (_("Write pages"), "wagtailadmin_home", user.has_perm("wagtailadmin.access_admin")),
        (_("Shop dashboard"), "dashboard:index", user.is_staff),
    )
    return [{"name": name, "url": reverse(address)} for name, address, may in doors if may]


def _row(order: Order) -> dict[str, Any]:
    parts = [SellerOrderState(part.state) for part in order.seller_orders.all()]
    state = progress(OrderState(order.status), parts)
    pieces = sum(line.quantity for line in order.lines.all())
    bad = state == Progress.CANCELLED
    return {
        "number": order.number,
        "url": reverse("order", args=[order.token]),
        "again_url": reverse("order-again", args=[order.number]),
        "text": ngettext("%(n)s piece", "%(n)s pieces", pieces) % {"n": pieces},
        "placed_text": date_format(localtime(order.date_placed), "j F Y"),
        "total_text": grouped(order.total_incl_tax),
        "status_text": str(LABELS[state]),
        "status_kind": "bad" if bad else "ok",
    }
