"""Tell me when it is back: asking, confirming by a letter, ending."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from storefront.accounts.queries import language_of
from storefront.basket.session import person, signed_in
from storefront.catalogue.models import Product
from storefront.catalogue.queries import shown_product
from storefront.core.clock import now
from storefront.core.doors import came_from, same_origin
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.wishes import services
from storefront.wishes.forms import AlertForm
from storefront.wishes.models import Alert
from storefront.wishes.queries import alert_by_token, alerts_of, card_of
from storefront.wishes.rules import AlertState


@require_safe
@login_required
def alerts(request: HttpRequest) -> HttpResponse:
    """Show which letters a person waits for."""
    user = signed_in(request)
    rows = [{"card": view.card, "forms": [_end_form(view.token)]} for view in alerts_of(user)]
    return render(request, "pages/alerts.html", {"alerts": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin
def ask(request: HttpRequest, product_id: int) -> HttpResponse:
    """
    Promise a letter: at once to whoever is signed in, to a guest when they typed an address.

    The button stands on a public page, which knows neither; so a guest is asked here.
    """
    found, user = shown_product(product_id), person(request)
    if found is None:
        raise Http404
    form = AlertForm(request.POST if "email" in request.POST else None)
    is_asked = request.method == "POST" and (user is not None or form.is_bound)
    if not is_asked:
        return _ask_page(request, found, form)
    if user is None and not form.is_valid():
        count_refused("pages", "invalid")
        return _ask_page(request, found, form, status=422)
    try:
        alert = services.ask_alert(
            product_id,
            user=user,
            email="" if user else form.cleaned_data["email"],
            language=language_of(user),
            came_from=came_from(request),
            now=now(),
        )
    except Refusal as refusal:
        count_refused("pages", refusal.code)
        messages.error(request, str(refusal))
        is_busy = isinstance(refusal, services.TooManyAlerts)
        return _ask_page(request, found, form, status=429 if is_busy else 409)
    if alert.user_id is None:
        context = {"email": user.email if user else alert.email, "title": found.title}
        return render(request, "pages/alert_sent.html", context)
    messages.success(request, _("We write to you when “%(title)s” is back.") % _named(found))
    return redirect("alerts")


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """
    Show the alert of a letter's link; its buttons confirm or end it.

    Only a button does it: programs that look into letters follow every link.
    """
    found = alert_by_token(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        act = services.end_alert if "end" in request.POST else services.confirm_alert
        act(token, now=now())
        return redirect("alert", token=token)
    return render(request, "pages/alert.html", _shown(found))


def _end_form(token: str) -> dict[str, Any]:
    address = reverse("alert", args=[token])
    return {"url": address, "text": _("Do not write to me"), "name": "end", "quiet": True}


def _shown(alert: Alert) -> dict[str, Any]:
    state = AlertState(alert.state)
    headings = {
        AlertState.UNCONFIRMED: _("Shall we write when it is back?"),
        AlertState.WAITING: _("We write when it is back"),
        AlertState.TOLD: _("We have written to you"),
        AlertState.ENDED: _("We will not write about it"),
    }
    return {
        "heading": headings[state],
        "card": card_of(alert.product),
        "title": alert.product.title,
        "email": alert.address,
        "is_new": state == AlertState.UNCONFIRMED,
        "is_open": state in {AlertState.UNCONFIRMED, AlertState.WAITING},
        "here": reverse("alert", args=[alert.token]),
        "product_url": alert.product.get_absolute_url(),
    }


def _ask_page(
    request: HttpRequest, found: Product, form: AlertForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "is_signed_in": person(request) is not None,
        "card": card_of(found),
        "here": reverse("alert-ask", args=[found.pk]),
        "login_url": f"{reverse('account_login')}?next={reverse('alert-ask', args=[found.pk])}",
    }
    return render(request, "pages/alert_ask.html", context, status=status)


def _named(product: Product) -> dict[str, str]:
    return {"title": product.title}
