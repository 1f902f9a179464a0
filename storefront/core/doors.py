"""Doors: who may post to those that have no session, and where a request comes from."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def same_origin(view: View) -> View:
    """
    Let only our own pages post here, by what the browser says of itself.

    For forms on public, cacheable pages, which can carry no token: every browser sends
    `Sec-Fetch-Site` or `Origin` with a form, and no page can forge them.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not _is_ours(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def form_of(page: str, *names: str) -> Callable[[View], View]:
    """
    Let a view take forms only; who comes without one is led to the page the form is on.

    A refused form is answered with its page under the form's own address, which readers reload,
    keep, or read in the other language. `names`: what of the address the page's own has too.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(reverse(page, kwargs={name: kwargs[name] for name in names}))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def staff_only(*, see: str, act: str) -> Callable[[View], View]:
    """Let in staff who may `see`, and take forms from those who may `act`; others are refused."""

    def guard(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            needed = act if request.method == "POST" else see
            user: Any = request.user
            if not user.is_staff or not user.has_perm(see) or not user.has_perm(needed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard


def _is_ours(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def came_from(request: HttpRequest) -> str:
    """
    Return the network address of whoever asks; empty if only our own neighbours are known.

    A proxy of ours has a private address, and adds the caller's to the end of `X-Forwarded-For`.
    """
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    near = request.META.get("REMOTE_ADDR", "")
    return next((each for each in (near, told) if _is_public(each)), "")


def _is_public(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_global
    except ValueError:
        return False
