"""The bare site: both languages, the home pages, the lists, help and the small print."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.contrib.sites.models import Site as DjangoSite
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.timezone import now
from wagtail.models import Locale, Page, Site

from cms.pages.base import BasePage
from cms.pages.collection import CollectionIndexPage
from cms.pages.crafts import CraftIndexPage
from cms.pages.districts import DistrictIndexPage
from cms.pages.home import HomePage
from cms.pages.makers import ArtisanIndexPage
from cms.pages.standard import FIRST, StandardPage
from cms.pages.stories import StoryIndexPage

LANGUAGES = ("en", "hi")
WORDS: dict[str, Any] = {
    slug: words
    for name in ("first_words.toml", "legal_words.toml")
    for slug, words in tomllib.loads(
        Path(__file__).with_name(name).read_text(encoding="utf-8")
    ).items()
}
KINDS: dict[str, type[BasePage]] = {
    "districts": DistrictIndexPage,
    "crafts": CraftIndexPage,
    "collections": CollectionIndexPage,
    "makers": ArtisanIndexPage,
    "stories": StoryIndexPage,
}


def shared_key(kind: type[BasePage], slug: str) -> UUID:
    """Return the key that ties a page's languages together: the same at every planting."""
    return uuid5(NAMESPACE_URL, f"zila:{kind.__name__}:{slug}")


@transaction.atomic
def plant_site() -> None:
    """Make what is missing of the bare site; pages that are there are left as they are."""
    homes = {language: _home(language) for language in LANGUAGES}
    _sites(homes["en"])
    for language, home in homes.items():
        for slug, words in WORDS["lists"].items():
            _ensure(KINDS[slug], home, slug, **words[language])
        for slug in FIRST:
            words = dict(WORDS[slug][language])
            parts = ((part["heading"], part["text"]) for part in words.pop("parts"))
            body = str(format_html_join("", "<h2>{}</h2><p>{}</p>", parts))
            _ensure(StandardPage, home, slug, body=body, **words)
    Site.clear_site_root_paths_cache()


def _home(language: str) -> HomePage:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    known: HomePage | None = HomePage.objects.filter(locale=locale).order_by("path").first()
    if known:
        return known
    home = HomePage(
        **WORDS["home"][language],
        slug=language,
        locale=locale,
        translation_key=shared_key(HomePage, "home"),
        **published(),
    )
    Page.get_first_root_node().add_child(instance=home)
    return home


def _ensure(kind: type[BasePage], home: HomePage, slug: str, **words: Any) -> None:
    if kind.objects.child_of(home).filter(slug=slug).exists():
        return
    page = kind(
        slug=slug,
        locale=home.locale,
        translation_key=shared_key(kind, slug),
        **words,
        **published(),
    )
    home.add_child(instance=page)


def published() -> dict[str, Any]:
    """Return the fields of a page that readers see from now on."""
    moment = now()
    return {"live": True, "first_published_at": moment, "last_published_at": moment}


def _sites(home: HomePage) -> None:
    """Let Wagtail's and Django's records of the site say the same as the settings."""
    origin = urlsplit(settings.SHOP_URL)
    port = origin.port or {"http": 80, "https": 443}[origin.scheme]
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = origin.hostname or "localhost", port, home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
    DjangoSite.objects.update_or_create(
        pk=settings.SITE_ID,
        defaults={"domain": origin.netloc, "name": settings.WAGTAIL_SITE_NAME},
    )
    DjangoSite.objects.clear_cache()
    _remove_welcome()


def _remove_welcome() -> None:
    """Remove the page that Wagtail itself plants to say that it works."""
    for page in Page.objects.filter(depth=2, slug="home", url_path="/home/").exact_type(Page):
        page.delete()
