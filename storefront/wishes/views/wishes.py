"""The wish list: save from a product's page, look, remove, and put into the basket."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.session import needed_basket, person, remember, signed_in
from storefront.core.doors import form_of, same_origin
from storefront.core.refusals import Refusal
from storefront.core.services import count_refused
from storefront.wishes import services
from storefront.wishes.queries import Wish, wish_of, wishes_of

# What a guest wanted to save before they signed in.
WISHED = "wished"


@require_safe
@login_required
def wishes(request: HttpRequest) -> HttpResponse:
    """Show the list; what a guest wanted to save before signing in is saved first."""
    user = signed_in(request)
    wanted = request.session.pop(WISHED, None)
    if wanted is not None:
        _save(request, user, wanted)
    return _page(request, user)


@form_of("wishes")
@same_origin
def add(request: HttpRequest, product_id: int) -> HttpResponse:
    """Save a product from its public page; a guest signs in first and finds it saved."""
    user = person(request)
    if user is None:
        request.session[WISHED] = product_id
        messages.info(request, _("Sign in, and it is on your wish list."))
        return redirect_to_login(reverse("wishes"))
    _save(request, user, product_id)
    return redirect("wishes")


@form_of("wishes")
@login_required
def remove(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Take something off the list."""
    services.unwish(signed_in(request), wish_id=wish_id)
    messages.success(request, _("It is off your wish list."))
    return redirect("wishes")


@form_of("wishes")
@login_required
def to_basket(request: HttpRequest, wish_id: int) -> HttpResponse:
    """Put one piece into the basket, and take it off the list."""
    user = signed_in(request)
    wanted = wish_of(user, wish_id)
    if wanted is None or wanted.product_id is None:
        return redirect("wishes")
    basket = needed_basket(request)
    try:
        line = baskets.add(basket, product_id=wanted.product_id, quantity=1)
    except Refusal as refusal:
        count_refused("pages", "refused")
        messages.error(request, str(refusal))
        return remember(_page(request, user, status=409), basket)
    services.unwish(user, wish_id=wish_id)
    title = line.product.title
    messages.success(request, _("“%(title)s” is in your basket.") % {"title": title})
    return remember(redirect("basket"), basket)


def _save(request: HttpRequest, user: User, product_id: int) -> None:
    try:
        line = services.wish(user, product_id=product_id)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        title = line.product.title if line.product else line.title
        messages.success(request, _("“%(title)s” is on your wish list.") % {"title": title})


def _page(request: HttpRequest, user: User, *, status: int = 200) -> HttpResponse:
    rows = [
        {"title": wish.title, "card": wish.card, "forms": _forms(wish)} for wish in wishes_of(user)
    ]
    return render(request, "pages/wishes.html", {"wishes": rows}, status=status)


def _forms(wish: Wish) -> list[dict[str, Any]]:
    """Return what can be done with a wish: buy it, wait for it, or drop it."""
    forms: list[dict[str, Any]] = []
    if wish.card and wish.card.free > 0:
        address = reverse("wish-basket", args=[wish.id])
        forms.append({"url": address, "text": _("Move to basket")})
    elif wish.card:
        address = reverse("alert-ask", args=[wish.card.id])
        forms.append({"url": address, "text": _("Tell me when it is back")})
    address = reverse("wish-remove", args=[wish.id])
    return [*forms, {"url": address, "text": _("Remove"), "quiet": True}]
