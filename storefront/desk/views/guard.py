"""Who may sit at the desk, and for which seller."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from storefront.accounts.models import User
from storefront.partner.models import Partner, sellers_of

CHOSEN = "desk_seller"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Desk:
    """A person at the desk, the seller they act for now, and all they may act for."""

    user: User
    seller: Partner
    sellers: tuple[Partner, ...]


def seller_required(view: View) -> View:
    """
    Let in who acts for a seller, and hand the view a `Desk`; nobody keeps a copy of the page.

    Who is not signed in is asked to; who acts for no seller is told that this is not theirs.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            response: HttpResponse = redirect_to_login(request.get_full_path())
        else:
            response = view(request, _desk(request, request.user), *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def _desk(request: HttpRequest, user: User) -> Desk:
    """Return the desk of the seller chosen in this session; agents start at their first."""
    sellers = tuple(sellers_of(user))
    if not sellers:
        raise PermissionDenied
    chosen = request.session.get(CHOSEN)
    seller = next((each for each in sellers if each.pk == chosen), sellers[0])
    return Desk(user=user, seller=seller, sellers=sellers)
