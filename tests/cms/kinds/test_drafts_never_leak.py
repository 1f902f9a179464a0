"""What is not, not yet or no more to be read is nowhere: on no page, in no list, for no program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.pages.home import HomePage
from cms.pages.stories import StoryPage
from cms.publish import write_collection
from cms.queries import KINDS as SECTIONS
from storefront.core.clock import now
from storefront.search.services import collect_terms
from tests.cms.kinds.kinds import KINDS, SLUG, Kind
from tests.factories.catalogue import make_artisan, make_product
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)

# Here it is only pointed at.
POINTING = ("/llms.txt", "/en/stories/feed/", "/en/stories/feed/atom/", "/api/v1/stories")
# What is published does not stand here: these tell of other things, and shall go on so.
SILENT = {
    *("/en/shop/", "/en/help/", "/sitemap.xml", "/api/v1/products/", "/api/v1/stories/open"),
    *("/api/v1/districts/banda", "/api/v1/crafts/locks"),
}
# Searches ask for the second word: pages repeat what was asked.
WORDS, ASKED = "Zarquon moonpetal", "moonpetal"
SAID, ASKED_FOR = "zarquon", {"q": ASKED}
MANY = [kind for kind in KINDS if not kind.is_one]
ONE = [kind for kind in KINDS if kind.is_one]


def never_published(kind: Kind) -> None:
    kind.draft(WORDS)


def a_newer_draft(kind: Kind) -> None:
    _published(kind, "Innocent words")
    kind.draft(WORDS)


def taken_back(kind: Kind) -> None:
    _published(kind, WORDS).unpublish()


def scheduled(kind: Kind) -> None:
    page = kind.draft(WORDS).get_latest_revision_as_object()
    page.go_live_at = now() + timedelta(hours=1)
    page.save_revision().publish()


def ended(kind: Kind) -> None:
    page = _published(kind, WORDS)
    type(page).objects.filter(pk=page.pk).update(expire_at=now() - timedelta(minutes=1))
    call_command("publish_scheduled", stdout=StringIO())


def behind_a_password(kind: Kind) -> None:
    PageViewRestriction.objects.create(
        page=_published(kind, WORDS), restriction_type="password", password="secret"
    )


def behind_the_login(kind: Kind) -> None:
    PageViewRestriction.objects.create(page=_published(kind, WORDS), restriction_type="login")


def below_a_list_behind_the_login(kind: Kind) -> None:
    PageViewRestriction.objects.create(
        page=_published(kind, WORDS).get_parent(), restriction_type="login"
    )


def _published(kind: Kind, words: str, language: str = "en") -> Any:
    kind.draft(words, language).latest_revision.publish()
    return kind.of(language)


State = Callable[[Kind], None]
# The page was there before, and is hidden now.
HIDDEN: tuple[State, ...] = (
    taken_back,
    ended,
    behind_a_password,
    behind_the_login,
)
STATES = (*HIDDEN, a_newer_draft, never_published, scheduled, below_a_list_behind_the_login)


@dataclass(frozen=True, slots=True)
class Door:
    """An address, and what is asked there."""

    address: str
    asked: dict[str, str]

    def __str__(self) -> str:
        """Name it in a test's report."""
        return " ".join([self.address, *self.asked.values()])

    @property
    def is_english(self) -> bool:
        """Return whether English words are to be expected here; maps have only addresses."""
        return "/hi/" not in str(self) and "section" not in self.asked


def doors() -> list[Door]:
    """Return every address at which the words of a page could be read."""
    product = make_product(title_en="Bright lota", artisan=make_artisan())
    for language in ("en", "hi"):
        make_district_page(language=language)
        make_craft_page(language=language)
        make_artisan_page(product.artisan, language=language)
        make_story([product], slug="open", language=language)
        facts = {"title": "For Deepavali", "intro": "Two flames.", "occasion": "deepavali"}
        write_collection("open", language=language, picks=[product.pk], **facts)
    shown = [
        *("/en/", "/hi/", "/en/districts/", "/en/crafts/", "/en/makers/", "/en/stories/"),
        *("/en/collections/", "/en/collections/open/", "/en/stories/open/", "/hi/stories/open/"),
        *("/en/districts/moradabad/", "/en/crafts/brassware/", "/en/shop/", "/en/help/"),
        *(f"/en/makers/{product.artisan.slug}/", product.get_absolute_url()),
        *("/en/stories/feed/", "/en/stories/feed/atom/", "/hi/stories/feed/", "/llms.txt"),
        *("/sitemap.xml", "/api/v1/stories", f"/api/v1/products/{product.pk}"),
        *("/api/v1/districts/banda", "/api/v1/crafts/locks"),
        *(f"/api/v1/stories/{slug}" for slug in ("open", SLUG)),
    ]
    own = {kind.of(language).address for kind in KINDS for language in ("en", "hi")}
    return [
        *(Door(address, {}) for address in [*shown, *sorted(own - {*shown})]),
        *(Door("/api/v1/pages", {"path": address}) for address in sorted(own)),
        *(Door("/sitemap.xml", {"section": name, "p": "1"}) for name in SECTIONS),
        *(Door(f"/{code}/search/", ASKED_FOR) for code in ("en", "hi")),
        Door("/en/search/suggest/", {"q": SAID[:5]}),
        Door("/api/v1/search/suggestions", {"q": SAID[:5]}),
    ]


def read(client: Client, door: Door) -> str:
    """Return what stands there, whatever the answer is called."""
    answer = client.get(door.address, door.asked)
    assert answer.status_code < 500, door
    return answer.content.decode().lower()


def leaks(client: Client, kinds: list[Kind], state: State, known: list[Door]) -> list[str]:
    """Bring English pages into a state, and return the doors at which they can be read."""
    for kind in kinds:
        _published(kind, "कुछ शब्द", "hi")
        state(kind)
    collect_terms()
    return [str(door) for door in known if SAID in read(client, door)]


def pointed_at(client: Client, kinds: list[Kind]) -> list[str]:
    """Return the English pages that maps, feeds, programs or their Hindi pages point at."""
    maps = [Door("/sitemap.xml", {"section": name, "p": "1"}) for name in SECTIONS]
    mapped = "".join(read(client, door) for door in maps)
    listed = "".join(read(client, Door(address, {})) for address in POINTING)
    found = []
    for kind in kinds:
        address, hindi = kind.of("en").address, kind.of("hi").address
        told = read(client, Door("/api/v1/pages", {"path": hindi}))
        pointers = {
            "map": f"<loc>http://testserver{address}</loc>" in mapped,
            "other map": f'href="http://testserver{address}"' in mapped,
            "list": not kind.is_one and f"http://testserver{address}" in listed,
            "hindi": 'rel="alternate" hreflang="en"' in read(client, Door(hindi, {})),
            "api": '"language": "en"' in told,
        }
        found += [f"{kind}: {name}" for name, points in pointers.items() if points]
    return found


def published(kind: Kind) -> None:
    _published(kind, WORDS)


def test_what_is_published_stands_at_every_door(client: Client) -> None:
    known = doors()

    told = leaks(client, list(KINDS), published, known)

    silent = {str(door) for door in known if str(door) not in told and door.is_english}
    pointers = set(pointed_at(client, list(KINDS)))
    assert {address.rstrip("0123456789") for address in silent} == SILENT
    assert pointers >= {f"{kind}: {name}" for kind in KINDS for name in ("map", "hindi", "api")}
    assert pointers >= {"StoryPage: list", "StoryPage: other map"}


@pytest.mark.parametrize("state", STATES)
def test_pages_that_are_not_to_be_read_are_nowhere(client: Client, state: State) -> None:
    below_all = state is below_a_list_behind_the_login
    kinds = [kind for kind in MANY if not below_all or kind.parent is not HomePage]

    assert leaks(client, kinds, state, doors()) == []
    assert state is a_newer_draft or pointed_at(client, kinds) == []


@pytest.mark.parametrize("state", [*HIDDEN, a_newer_draft])
@pytest.mark.parametrize("kind", ONE, ids=str)
def test_the_lists_and_the_home_page_hide_too(client: Client, kind: Kind, state: State) -> None:
    assert leaks(client, [kind], state, doors()) == []
    assert state is a_newer_draft or pointed_at(client, [kind]) == []


def test_a_page_behind_a_password_opens_with_it_and_no_cache_keeps_it(client: Client) -> None:
    [story] = [kind for kind in KINDS if kind.model is StoryPage]
    behind_a_password(story)
    address, reader = story.of("en").address, Client()

    asked = reader.get(address)
    wrong = reader.post(asked.context["action_url"], {"password": "x", "return_url": address})
    right = reader.post(asked.context["action_url"], {"password": "secret", "return_url": address})
    opened = reader.get(right["Location"])

    assert "This page opens with a password" in asked.content.decode()
    assert SAID not in (asked.content + wrong.content).decode().lower()
    assert SAID in opened.content.decode().lower()
    for answer in (asked, opened):
        assert "no-store" in answer["Cache-Control"]
    assert SAID not in client.get(address).content.decode().lower()
