"""The menu and the footer as readers see them: only what leads somewhere in their language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.blocks import StructValue
from wagtail.models import Page

from cms.blocks.links import NETWORKS, PLACES
from cms.pages.base import restricted
from cms.pages.standard import StandardPage
from storefront.core.words import in_language

# The home page and what lies right under it.
PLACES_DEPTH = 3
# Every page lies under /en/, so only the first page itself belongs to it.
HOME_SLASHES = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words."""

    name: str
    url: str


NOTHING = Link("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the footer."""

    title: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the shop; what is not known is empty."""

    text: str
    email: str
    phone: str
    accounts: tuple[Link, ...]

    def __bool__(self) -> bool:
        return bool(self.text or self.email or self.phone or self.accounts)


@dataclass(frozen=True, slots=True)
class Menus:
    """What stands above and below every page in one language."""

    line: str
    entries: tuple[Link, ...]
    columns: tuple[Column, ...]
    contact: Contact
    # The keys of the pages that editors chose, which all languages share.
    chosen: frozenset[UUID]

    def depends_on(self, page: Page) -> bool:
        """Return whether a page that is published or taken back changes what is seen."""
        return page.depth <= PLACES_DEPTH or page.translation_key in self.chosen

    def entry_of(self, path: str) -> str:
        """Return the address of the entry that a page (its address with the query) belongs to."""
        inside = [
            link.url
            for link in self.entries
            if path.startswith(link.url) and (path == link.url or not _is_home(link.url))
        ]
        return max(inside, key=len, default="")


def _is_home(url: str) -> bool:
    return url.count("/") == HOME_SLASHES


def menus_of(navigation: Any, *, language: str) -> Menus:
    """Return what a `Navigation` lets readers of a language see; a query besides its own."""
    with override(language):
        return _menus(navigation, _Targets(_readable(navigation), language))


def _chosen(navigation: Any) -> frozenset[UUID]:
    pages = (link["page"] for link in _links(navigation))
    return frozenset(page.translation_key for page in pages if page)


def _readable(navigation: Any) -> list[Page]:
    """Return the pages of all languages that links can lead to."""
    pages = Page.objects.live().filter(alias_of=None, content_type__app_label="cms")
    wanted = Q(depth__lte=PLACES_DEPTH) | Q(translation_key__in=_chosen(navigation))
    return list(pages.exclude(restricted()).filter(wanted).select_related("locale"))


class _Targets:
    """Where links lead in one language."""

    def __init__(self, pages: list[Page], language: str) -> None:
        self.places: dict[str, str] = {"shop": reverse("shop")}
        self.pages: dict[UUID, Link] = {}
        for page in pages:
            if page.locale.language_code == language:
                kind = page.specific_class
                url = kind.address_of(language=language, slug=page.slug)
                self.pages[page.translation_key] = Link(page.title, url)
                if not kind.address_has_slug or kind is StandardPage:
                    self.places[kind.address_name or page.slug] = url

    def link(self, link: StructValue) -> Link | None:
        """Return a link as readers see it, or nothing if it leads nowhere."""
        name, url = in_language(link["label_en"], link["label_hi"]), ""
        if link["page"]:
            page = self.pages.get(link["page"].translation_key, NOTHING)
            name, url = name or page.name, page.url
        elif link["place"]:
            url = self.places.get(link["place"], "")
            name = name or str(PLACES.get(link["place"], ""))
        elif link["address"]:
            # Behind the language, addresses are the same in all of them.
            url = reverse("home") + link["address"].lstrip("/").partition("/")[2]
        return Link(name, url) if name and url else None


def unseen_links(navigation: Any) -> list[str]:
    """Return the links that readers do not see in some language, each with the reason."""
    seen: dict[int, list[str]] = {}
    links, pages = list(_links(navigation)), _readable(navigation)
    for language, _name in settings.LANGUAGES:
        with override(language):
            targets = _Targets(pages, language)
        for number, link in enumerate(links):
            if targets.link(link):
                seen.setdefault(number, []).append(language)
    return [
        _reason(link, seen.get(number, []))
        for number, link in enumerate(links)
        if len(seen.get(number, [])) < len(settings.LANGUAGES)
    ]


def _reason(link: StructValue, languages: list[str]) -> str:
    words = in_language(link["label_en"], link["label_hi"])
    place = str(PLACES.get(link["place"] or "", ""))
    name = words or (link["page"].title if link["page"] else place) or gettext("a link")
    if languages == ["en"]:
        return gettext("%(name)s: not there in Hindi") % {"name": name}
    if languages == ["hi"]:
        return gettext("%(name)s: not there in English") % {"name": name}
    if not (link["page"] or link["place"]):
        return gettext("%(name)s: the page was deleted") % {"name": name}
    return gettext("%(name)s: the page is not published") % {"name": name}


def _links(navigation: Any) -> Iterator[StructValue]:
    """Yield every link of the menu and the footer."""
    for entry in navigation.menu:
        yield entry.value
    for column in navigation.columns:
        yield from column.value["links"]


def _menus(known: Any, targets: _Targets) -> Menus:
    return Menus(
        line=in_language(known.line_en, known.line_hi),
        entries=_seen(targets, [entry.value for entry in known.menu]),
        columns=tuple(
            Column(
                title=in_language(column.value["title_en"], column.value["title_hi"]),
                text=in_language(column.value["text_en"], column.value["text_hi"]),
                links=_seen(targets, column.value["links"]),
            )
            for column in known.columns
        ),
        contact=Contact(
            text=in_language(known.contact_en, known.contact_hi),
            email=known.email,
            phone=known.phone,
            accounts=tuple(
                Link(NETWORKS.get(account.value["network"], ""), account.value["address"])
                for account in known.accounts
            ),
        ),
        chosen=_chosen(known),
    )


def _seen(targets: _Targets, links: Any) -> tuple[Link, ...]:
    return tuple(filter(None, map(targets.link, links)))
