"""What lets a phone keep the shop: a name card, and what helps when the connection is lost."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from storefront.config.middleware import OWN

# What a lost connection may show again of a person's own pages.
READ_AGAIN = {"basket"}


def manifest(request: HttpRequest) -> JsonResponse:
    """
    Return the shop's name card for phones, in the page's language.

    Source: W3C, Web Application Manifest.
    """
    del request
    sizes = ("192", "512")
    card = {
        "id": "/",
        "name": _("Zila · crafts of Uttar Pradesh"),
        "short_name": _("Zila"),
        "description": _(
            "Handmade things from the 75 districts of Uttar Pradesh, "
            "bought from the people who make them."
        ),
        "lang": get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": settings.THEME_COLOUR,
        "theme_color": settings.THEME_COLOUR,
        "icons": [
            {"src": static("base/icon.svg"), "type": "image/svg+xml", "sizes": "any"},
            *(
                {
                    "src": static(f"base/icon-{size}.png"),
                    "type": "image/png",
                    "sizes": f"{size}x{size}",
                    "purpose": "any maskable",
                }
                for size in sizes
            ),
        ],
    }
    return JsonResponse(card, content_type="application/manifest+json")


def worker(request: HttpRequest) -> HttpResponse:
    """Return the script that shows pages seen before when the connection is lost."""
    codes = [code for code, _name in settings.LANGUAGES]
    facts = {
        "offline": {code: _offline_url(code) for code in codes},
        "never": sorted(set(OWN) - READ_AGAIN),
    }
    response = render(
        request, "worker.js", {"facts": json.dumps(facts)}, content_type="text/javascript"
    )
    # A browser asks for it anew at each visit; an old one would go on showing old pages.
    response["Cache-Control"] = "no-cache"
    return response


def offline(request: HttpRequest) -> HttpResponse:
    """Show what the worker answers with when a page was never seen; it fills in what was."""
    return render(request, "pages/offline.html")


def _offline_url(language: str) -> str:
    with override(language):
        return reverse("offline")
