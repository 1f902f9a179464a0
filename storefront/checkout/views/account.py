"""The buyer's own page: who they are and what they ordered."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from storefront.accounts.models import User
from storefront.basket.session import person
from storefront.checkout.views.words import HEADINGS
from storefront.core.money import grouped
from storefront.order.models import Order
from storefront.order.queries import orders_of
from storefront.order.rules import OrderState, Progress, SellerOrderState, progress
from storefront.partner.models import sellers_of

SHOWN = 50


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show the person's orders and the ways to change e-mail, password and second factor."""
    user = person(request)
    assert user is not None
    context = {
        "account": {
            "name": user.get_full_name(),
            "email": user.email,
            "logout_url": reverse("account_logout"),
            "links": [
                *_workplaces(user),
                {"name": _("Change e-mail"), "url": reverse("account_email")},
                {"name": _("Change password"), "url": reverse("account_change_password")},
                {"name": _("Second factor"), "url": reverse("mfa_index")},
            ],
        },
        "orders": [_row(order) for order in orders_of(user)[:SHOWN]],
    }
    return render(request, "pages/account.html", context)


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
        "text": ngettext("%(n)s piece", "%(n)s pieces", pieces) % {"n": pieces},
        "placed_text": date_format(localtime(order.date_placed), "j F Y"),
        "total_text": grouped(order.total_incl_tax),
        "status_text": str(HEADINGS[state]),
        "status_kind": "bad" if bad else "ok",
    }
