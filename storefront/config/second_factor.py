"""A second factor for those who work here: asked at every door, given once a session."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from storefront.accounts.models import User

# Doors behind which money, stock or other people's words can be moved.
GUARDED = ("/seller/", "/cms/", "/dashboard/")
GIVEN_BY = "second_factor_given_by"
Handler = Callable[[HttpRequest], HttpResponse]


def second_factor(get_response: Handler) -> Handler:
    """Ask who works here for a second factor, or to set one up, where that is required."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and request.path.startswith((*GUARDED, _settings())):
            door = _door(request)
            if door:
                return redirect(door)
        return get_response(request)

    return middleware


def _settings() -> str:
    return reverse("mfa_index")


def _door(request: HttpRequest) -> str:
    """Return where to set up or give the second factor, or nothing if there is no need."""
    user, give = request.user, reverse("mfa_reauthenticate")
    if not user.is_authenticated or request.session.get(GIVEN_BY) == user.pk:
        return ""
    if is_mfa_enabled(user):
        # Who came in before it was set up could else make recovery codes with a password alone.
        asked = f"{give}?{urlencode({'next': request.get_full_path()})}"
        return "" if request.path == give else asked
    return "" if request.path.startswith(_settings()) else _settings()


@receiver(authenticator_added)
def remember_new(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Count a second factor that was just set up as given: its code was typed a moment ago."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session[GIVEN_BY] = user.pk


@receiver(authenticator_used)
def remember_given(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note that this session's person has given the second factor."""
    request.session[GIVEN_BY] = user.pk


@receiver(authenticator_removed)
def forget(request: HttpRequest, **kwargs: Any) -> None:
    """Ask again: the second factor that was given is none any more."""
    request.session.pop(GIVEN_BY, None)
