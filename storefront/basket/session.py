"""
What a browser keeps for a request: the basket of a guest, and the last PIN code asked about.

Only addresses that no cache keeps read either; a script of ours reads the PIN.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from storefront.accounts.models import User
from storefront.atlas.rules import clean_pin
from storefront.basket import services
from storefront.basket.models import Basket
from storefront.basket.queries import open_basket

COOKIE = "zila_basket"
PIN_COOKIE = "zila_pin"
DAYS_30 = 30 * 24 * 60 * 60
_TOKEN = re.compile(r"[\w-]{1,40}", re.ASCII)


def person(request: HttpRequest) -> User | None:
    """Return who is signed in, if anybody."""
    return request.user if isinstance(request.user, User) and request.user.pk else None


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in, in a view that lets nobody else in."""
    user = person(request)
    assert user is not None, "the view asks people to sign in"
    return user


def current_basket(request: HttpRequest) -> Basket | None:
    """Return the request's open basket, if there is one."""
    return open_basket(user=person(request), token=held_token(request))


def needed_basket(request: HttpRequest) -> Basket:
    """Return the request's open basket; one is made if there is none."""
    user, token = person(request), held_token(request)
    if user is not None and token:
        return services.claim(user=user, token=token)
    return services.ensure_basket(user=user, token=token)


def remember(response: HttpResponse, basket: Basket) -> HttpResponse:
    """Let the browser keep a guest's basket for thirty days; a person's needs no cookie."""
    if basket.owner_id:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            basket.token,
            max_age=DAYS_30,
            httponly=True,
            samesite="Lax",
            secure=settings.SHOP_URL.startswith("https://"),
        )
    return response


def take_back(request: HttpRequest, response: HttpResponse, basket: Basket) -> HttpResponse:
    """Give a guest a basket again whose order was cancelled, joined with what they picked since."""
    if basket.owner_id:
        return response
    user, since = person(request), open_basket(user=None, token=held_token(request))
    if user is not None:
        return remember(response, services.claim(user=user, token=basket.token))
    try:
        if since is not None and since != basket:
            services.join(basket, since)
    except services.BasketIsClosed:
        return response
    return remember(response, basket)


def held_token(request: HttpRequest) -> str:
    """Return the token in the guest's cookie, if it can be one."""
    held = request.COOKIES.get(COOKIE, "")
    return held if _TOKEN.fullmatch(held) else ""


def held_pin(request: HttpRequest) -> str:
    """Return the PIN code that the buyer asked about last; empty if none, or no such thing."""
    return clean_pin(request.COOKIES.get(PIN_COOKIE, ""))


def remember_pin(response: HttpResponse, pin: str) -> HttpResponse:
    """Let the browser keep a PIN code for thirty days; it says no more than a town."""
    response.set_cookie(
        PIN_COOKIE,
        pin,
        max_age=DAYS_30,
        samesite="Lax",
        secure=settings.SHOP_URL.startswith("https://"),
    )
    return response
