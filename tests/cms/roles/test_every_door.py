"""Every address of the editors' office is known to the tables, and closed to everybody else."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.browser.places import ADMIN, VARIABLE
from tests.cms.roles.deeds import DEEDS
from tests.cms.roles.people import GUEST, visitor
from tests.cms.roles.rooms import ROOMS

# Those who work elsewhere.
OUTSIDERS = ("buyer", "seller", "agent", "staff")
# What guests get without a password: pictures and words of the frame, and the way to the login.
OPEN = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
# These are none of Wagtail: they lead to the login of the shop, whoever asks.
LEADS = {"/cms/login/", "/cms/password_reset/"}
# Parts of the office that are no list, each with the deeds that stand for it in the tables.
BESIDES = {
    "stories": "open the list of stories",
    "stories-report": "see what stories move",
    "draft-links": "give somebody a link to a draft",
    "copy-blocks": "copy parts of a story to another",
    "wagtailsettings": "set the menu and the footer",
    "wagtailadmin_pages": "open a story",
    "wagtailadmin_reports": "see what is handed in",
    "wagtail_localize": "translate a sentence",
    "wagtailimages": "upload a picture",
    "wagtailimages_chooser": "choose a picture",
    "wagtaildocs": "upload a recording",
    "wagtaildocs_chooser": "choose a picture",
    "product_chooser": "begin a story",
    "maker_chooser": "begin a story",
    "person_chooser": "begin a story",
    "seller_chooser": "begin a story",
    "wagtail_bulk_action": "publish many",
    "wagtailembeds": "open a story",
    "wagtailsnippets": "open a story",
}


def addresses() -> Iterator[tuple[str, str]]:
    """Yield every address of the office, after the name that it or its part has."""
    for each in get_resolver().url_patterns:
        if isinstance(each, URLResolver) and f"/{each.pattern}" == ADMIN:
            yield from _below(each.url_patterns, ADMIN, "")


def _below(
    patterns: list[URLPattern | URLResolver], before: str, space: str
) -> Iterator[tuple[str, str]]:
    for each in patterns:
        address = before + VARIABLE.sub("1", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from _below(each.url_patterns, address, space or each.namespace or "")
        else:
            yield space or each.name or "", address


def test_no_part_of_the_office_is_without_its_row() -> None:
    parts = {part for part, _ in addresses()}
    known = {room.space for room in ROOMS.values()} | BESIDES.keys()
    unknown = {part for part in parts - known if not part.startswith("wagtailadmin_")}

    assert unknown - {""} == set(), "add a row to docs/chapters/roles.md"
    assert known - parts == set()
    assert set(BESIDES.values()) <= DEEDS.keys()


def doors() -> list[str]:
    """Return the addresses that can be asked for as they are written."""
    return [address for _part, address in addresses() if not {"(", "^"} & set(address)]


def test_a_guest_is_led_to_the_login_from_every_address() -> None:
    client, login = visitor(GUEST).client, reverse("account_login")

    told = {address: client.get(address) for address in doors()}

    stays_out = {
        address
        for address, answer in told.items()
        if answer.status_code == 302 and answer["Location"].startswith((login, "/_util/"))
    }
    assert len(told) > 200
    assert told.keys() - stays_out == {reverse(name) for name in OPEN}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_who_works_elsewhere_is_told_at_every_address_that_it_is_not_theirs(who: str) -> None:
    client = visitor(who).client

    told = {address: client.get(address).status_code for address in doors()}

    assert {address for address, status in told.items() if status != 403} <= LEADS
