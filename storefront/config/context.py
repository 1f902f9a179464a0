"""What every template knows: the language, and where things are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language


def site(request: HttpRequest) -> dict[str, Any]:
    """Return addresses and languages; looks at nothing that is personal."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    languages = [
        {
            "code": code,
            "label": {"en": "English", "hi": "हिन्दी"}[code],
            "url": _in_language(request, code),
            "current": code == language,
        }
        for code, _ in settings.LANGUAGES
    ]
    names = (
        "home",
        "districts",
        "crafts",
        "shop",
        "stories",
        "basket",
        "account",
        "search",
        "me",
        "help",
    )
    addresses = {f"{name}_url": reverse(name) for name in names}
    here = {
        "lang": language,
        "languages": languages,
        "path": request.path,
        "origin": settings.SHOP_URL,
        **addresses,
    }
    # allauth calls something else `site`; the templates also know ours as `frame`.
    return {"site": here, "frame": here}


def _in_language(request: HttpRequest, code: str) -> str:
    """Return the same page in another language, with its query."""
    here = request.get_full_path()
    for other, _ in settings.LANGUAGES:
        if here.startswith(f"/{other}/"):
            return f"/{code}/{here[len(other) + 2 :]}"
    return translate_url(here, code) if here != "/" else f"/{code}/"
