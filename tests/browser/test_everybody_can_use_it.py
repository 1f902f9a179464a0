"""Accessibility, WCAG 2.2 AA: nothing bars anybody from any page, in both languages and themes."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import override_settings
from django.urls import resolve, reverse
from django.utils.translation import override
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from fixtures.stripe_double.runner import OfflineStripe
from tests.browser.barriers import measured, problems
from tests.browser.conftest import Visitor, copied_town, visits
from tests.browser.places import MISTAKES, NO_PAGE, PLACES, Place, routes
from tests.browser.screens import DESKTOP, SMALLEST
from tests.browser.settled import Settled, Who, settle
from tests.browser.town import Town
from tests.browser.wearing import wearing

SCREENS = {"en": DESKTOP, "hi": SMALLEST}
EMPTY = """(form) => form.querySelectorAll(
  "input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea"
).forEach((box) => { box.value = "" })"""


@pytest.fixture(scope="module")
def settled(
    built_town: Town, stripe_process: OfflineStripe, django_db_blocker: Any
) -> Iterator[Settled]:
    """The busy town; Stripe is out of reach by now, and who gave a password need not again."""
    later = override_settings(
        STRIPE_API_BASE="http://127.0.0.1:9", ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400
    )
    with copied_town(built_town, stripe_process, django_db_blocker) as town:
        busy = settle(town)
        with later:
            yield busy


@pytest.fixture(scope="module")
def people(settled: Settled, browser: Browser, server: LiveServer) -> Iterator[dict[Who, Visitor]]:
    """Everybody with a browser of their own, and the wish that nothing moves."""
    with visits(browser, server) as visit:
        calm = {"reduced_motion": "reduce", "service_workers": "block"}
        yield {who: visit(script=True, **calm) for who in Who}


@pytest.fixture(scope="module", params=["zila", "khadi"])
def theme(request: pytest.FixtureRequest) -> Iterator[str]:
    with wearing(request.param):
        yield request.param


def test_every_address_is_a_page_that_is_looked_at_or_is_known_to_be_none() -> None:
    known = {place.route for place in PLACES} | NO_PAGE.keys()

    assert routes().keys() - known == set(), "add it to PLACES, or to NO_PAGE with the reason"
    assert known - routes().keys() == set(), "there is no such address any more"


@pytest.mark.parametrize("route", NO_PAGE)
def test_what_is_known_to_be_no_page_is_none(settled: Settled, route: str) -> None:
    seller = Client()
    seller.cookies.load(settled.cookies[Who.SELLER])

    answer = seller.get(routes()[route])

    assert answer.status_code != 200 or not answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("language", SCREENS)
def test_a_page_bars_nobody(
    settled: Settled, people: dict[Who, Visitor], theme: str, language: str, place: Place
) -> None:
    visitor = people[place.who]
    visitor.tab.set_viewport_size(SCREENS[language])

    status, route = come(visitor, place, settled, language)

    assert (status, route) == (place.status, place.route)
    found = problems(visitor) + ([] if place.is_mail else measured(visitor.tab))
    assert found == []


def test_the_page_for_a_fault_of_ours_bars_nobody(people: dict[Who, Visitor], theme: str) -> None:
    guest = people[Who.GUEST]
    page = render_to_string("500.html")
    guest.tab.route("**/fault/", lambda asked: asked.fulfill(body=page, content_type="text/html"))

    guest.tab.goto(f"{guest.origin}/fault/")

    assert problems(guest) + measured(guest.tab) == []


@pytest.mark.parametrize("place", MISTAKES, ids=str)
def test_after_a_mistake_the_list_of_mistakes_has_the_focus(
    settled: Settled, people: dict[Who, Visitor], place: Place
) -> None:
    visitor = people[place.who]
    visitor.tab.set_viewport_size(SMALLEST)
    come(visitor, place, settled, "hi")
    form = visitor.tab.get_by_role("main").locator("form.form, form.till").first
    form.evaluate(EMPTY)

    form.locator(".button[type=submit]").first.press("Enter")

    expect(visitor.tab.locator("#errors")).to_be_focused()
    assert visitor.tab.locator("#errors li").count() > 0
    assert problems(visitor) == []


def come(visitor: Visitor, place: Place, settled: Settled, language: str) -> tuple[int, str]:
    """Open a page as its person, with nothing left of the page before; tell what was answered."""
    cookies = settled.cookies[place.who] | {settings.LANGUAGE_COOKIE_NAME: language}
    visitor.tab.context.clear_cookies()
    visitor.tab.context.add_cookies(
        [{"name": name, "value": value, "url": visitor.origin} for name, value in cookies.items()]
    )
    with override(language):
        arguments = settled.arguments.get(place.of or place.route, {})
        path = (
            reverse("home") + place.path if place.path else reverse(place.route, kwargs=arguments)
        )
        answer = visitor.tab.goto(f"{visitor.origin}{path}{place.query and '?'}{place.query}")
        assert answer is not None
        return answer.status, resolve(urlsplit(visitor.tab.url).path).view_name
