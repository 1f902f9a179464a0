"""A real browser before a real server; every test starts in the same small town."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connections
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from fixtures.stripe_double.runner import OfflineStripe, running
from tests.browser.screens import ARGUMENTS, CHROMIUM, PHONE
from tests.browser.town import PASSWORD, Town, build_town
from tests.conftest import copied_database

# Playwright's loop runs in this thread, and Django would refuse to touch the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
HERE = Path(__file__).parent
OURS = {"localhost", "127.0.0.1"}
# The last line of its order page calls what it never defines; nothing comes after it.
OSCARS_OWN_ERRORS = {"oscar.dashboard.orders.initTable is not a function"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (see README)"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def server() -> Iterator[LiveServer]:
    """The shop behind an address; which database it looks into changes from test to test."""
    running_server = LiveServer("127.0.0.1")
    yield running_server
    running_server.stop()


@pytest.fixture(scope="session")
def stripe_process(
    server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OfflineStripe]:
    """The offline Stripe that writes to the shop, as the real one does."""
    folder = tmp_path_factory.mktemp("stripe")
    hook = f"{server.url}/webhooks/stripe/"
    with running(folder, webhook_url=hook, webhook_secret="whsec_zila_offline") as double:
        yield double


@pytest.fixture(scope="session")
def shop_settings(server: LiveServer, stripe_process: OfflineStripe) -> Iterator[None]:
    """Let the shop know its address, so that what it writes into letters leads back here."""
    with override_settings(
        SHOP_URL=server.url,
        CSRF_TRUSTED_ORIGINS=[server.url],
        WAGTAILADMIN_BASE_URL=server.url,
        STRIPE_API_BASE=stripe_process.url,
    ):
        yield


@pytest.fixture(scope="session")
def built_town(shop_settings: None, django_db_setup: None, django_db_blocker: Any) -> Town:
    """The town, built once, in the database that each test gets a copy of."""
    with django_db_blocker.unblock():
        town = build_town()
        connections.close_all()
    return town


@contextmanager
def copied_town(town: Town, stripe: OfflineStripe, blocker: Any) -> Iterator[Town]:
    """Let server and tests look into a copy of the town for a while."""
    with blocker.unblock(), copied_database():
        yield town
        stripe.reset()  # nothing is on its way to the shop any more
    cache.clear()


@pytest.fixture
def town(built_town: Town, stripe_process: OfflineStripe, django_db_blocker: Any) -> Iterator[Town]:
    """A copy of the town for this test alone."""
    with copied_town(built_town, stripe_process, django_db_blocker) as copy:
        yield copy


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser of their own; `tab` is Playwright's page."""

    tab: Page
    origin: str

    def go(self, path: str) -> None:
        """Open an address of the shop; it must answer well."""
        answer = self.tab.goto(f"{self.origin}{path}")
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"

    def sign_in(self, email: str, *, then: str) -> None:
        """Sign in at the one login, and be taken to where the visitor wanted to go."""
        self.go(then)
        self.tab.get_by_label("Email").fill(email)
        self.tab.get_by_label("Password").fill(PASSWORD)
        self.tab.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.tab.wait_for_url(f"{self.origin}{then}")

    def assert_fits(self) -> None:
        """Nothing is wider than the screen."""
        wide = self.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{self.tab.url} is {wide} px wider than the screen"


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def visit(town: Town, server: LiveServer, browser: Browser) -> Iterator[NewVisitor]:
    """Open browsers: `visit()` is a phone without script, `visit(DESKTOP, script=True)` has all."""
    with visits(browser, server) as open_browser:
        yield open_browser


@contextmanager
def visits(browser: Browser, server: LiveServer) -> Iterator[NewVisitor]:
    """Open browsers and close them; none may ask another site, or have a fault in a script."""
    opened: list[BrowserContext] = []
    asked_elsewhere: set[str] = set()
    script_errors: list[str] = []

    def open_browser(
        screen: dict[str, int] = PHONE, *, script: bool = False, **facts: Any
    ) -> Visitor:
        context = browser.new_context(
            viewport=screen, java_script_enabled=script, locale="en-IN", **facts
        )
        context.set_default_timeout(8_000)
        opened.append(context)
        context.on("request", lambda request: asked_elsewhere.add(_elsewhere(request.url)))
        context.on("weberror", lambda error: script_errors.append(str(error.error)))
        return Visitor(context.new_page(), server.url)

    yield open_browser
    for context in opened:
        context.close()
    assert asked_elsewhere <= {""}
    assert set(script_errors) <= OSCARS_OWN_ERRORS


def _elsewhere(url: str) -> str:
    """Return the address if it is another site's."""
    parts = urlsplit(url)
    return "" if parts.scheme in {"data", "blob", "about"} or parts.hostname in OURS else url
