"""What every template knows: the language, and where things are."""

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from cms.festivals import season
from cms.navigation import menus
from storefront.config.sheets import first_sheet, icon

LABELS = {"en": "English", "hi": "हिन्दी"}


@dataclass(frozen=True)
class Places:
    """The shop's own addresses in one language; the same on every page of it."""

    lang: str
    home_url: str
    districts_url: str
    crafts_url: str
    shop_url: str
    stories_url: str
    basket_url: str
    account_url: str
    search_url: str
    me_url: str
    help_url: str
    manifest_url: str


@dataclass(frozen=True)
class InLanguage:
    """A page in one of the languages."""

    code: str
    label: str
    url: str
    current: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Return addresses, languages and skin; looks at nothing that is personal."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    places = _places(language)
    languages = tuple(
        InLanguage(code, LABELS[code], _in_language(request, code), code == language)
        for code, _ in settings.LANGUAGES
    )
    here = {
        "languages": languages,
        "path": request.path,
        "origin": settings.SHOP_URL,
        "colour": settings.THEME_COLOUR,
        "places": places,
        "menus": lambda: menus(language),
        "section": lambda: menus(language).entry_of(request.get_full_path()),
        "sheet": first_sheet().css,
        "icon": icon(),
        **vars(places),
    }
    # allauth calls something else `site`; the templates also know ours as `frame`.
    return {"site": here, "frame": here, "skin": lambda: season(request).skin}


@lru_cache
def _places(language: str) -> Places:
    names = [each.name for each in fields(Places) if each.name.endswith("_url")]
    return Places(language, **{name: reverse(name.removesuffix("_url")) for name in names})


def _in_language(request: HttpRequest, code: str) -> str:
    """Return the same page in another language, with its query."""
    here = request.get_full_path()
    for other, _ in settings.LANGUAGES:
        if here.startswith(f"/{other}/"):
            return f"/{code}/{here[len(other) + 2 :]}"
    return translate_url(here, code) if here != "/" else f"/{code}/"
