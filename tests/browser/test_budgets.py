"""A first visit costs a cheap phone few bytes, few requests and no jump; and needs no script."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import brotli
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page

from fixtures.background import held_back
from fixtures.pages import load_pages, load_stories
from fixtures.progress import Progress
from fixtures.town import load_makers, load_products, load_sellers
from storefront.config import sheets
from storefront.core.templatetags import components
from storefront.media.models import Picture
from storefront.media.services import make_renditions
from tests.browser.screens import DESKTOP, PHONE
from tests.conftest import pristine_database

BUDGETS: dict[str, float] = tomllib.loads(
    (settings.BASE_DIR / "benchmarks" / "budgets.toml").read_text(encoding="utf-8")
)["first_visit"]
PAGES = ("home", "list", "product", "story", "basket")
LANGUAGES = ("en", "hi")
# Not in the budgets of a first visit, but nothing may jump there either.
OTHERS = (
    "districts/",
    "districts/moradabad/",
    "crafts/",
    "stories/",
    "search/?q=brass",
    "nowhere/",
)
LATE = 0.4
KINDS = {"Stylesheet": "styles", "Script": "scripts", "Font": "fonts", "Document": "html"}
# Most phones this narrow have two or three pixels where a style sheet has one.
DENSITY = 2
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((seen) => {
  for (const shift of seen.getEntries()) if (!shift.hadRecentInput) window.shifts += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """The demo town behind a server; where its pages are."""

    origin: str
    paths: dict[str, str]


@dataclass(slots=True)
class Visit:
    """What one page asked for and got."""

    kinds: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    layout_shift: float = 0

    def weights(self) -> Counter[str]:
        """Return the bytes by kind, headers included."""
        found: Counter[str] = Counter()
        for number, kind in self.kinds.items():
            found[KINDS.get(kind, "others")] += round(self.sizes.get(number, 0))
        return found


@pytest.fixture(scope="module")
def shop(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Shop]:
    """The demo town as it is served: hashed and compressed files, pages often asked for."""
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "storefront.config.static_files.HashedFiles"}
    }
    with ExitStack() as stack:
        served = override_settings(
            STORAGES=storages,
            STATIC_ROOT=tmp_path_factory.mktemp("static"),
            # Where names are taken already, files get longer ones.
            MEDIA_ROOT=tmp_path_factory.mktemp("media"),
            WHITENOISE_USE_FINDERS=True,
        )
        stack.enter_context(served)
        # What is remembered holds the addresses of files, which are others here.
        for remembered in (sheets.first_sheet_as_kept, components._rendered):
            remembered.cache_clear()
            stack.callback(remembered.cache_clear)
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(pristine_database())
        call_command("collectstatic", "--no-input", verbosity=0)
        paths = _load_town()
        server = LiveServerThread("127.0.0.1", static_handler=lambda handler: handler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        stack.callback(server.terminate)
        yield Shop(f"http://127.0.0.1:{server.port}", paths)
        caches["pages"].clear()


def _load_town() -> dict[str, str]:
    """Load what buyers see of the demo town, and the sizes of the pictures they meet first."""
    progress = Progress(StringIO())
    call_command("load_atlas", stdout=progress.stream)
    call_command("setup_roles", stdout=progress.stream)
    with held_back():
        for load in (load_makers, load_sellers, load_products, load_pages, load_stories):
            load(progress)
    paths = {"home": "", "list": "shop/", "basket": "basket/"}
    client = Client()
    for name, listed in (("product", "shop/"), ("story", "stories/")):
        listing = client.get(f"/en/{listed}").content.decode()
        found = re.search(rf'<h3><a href="/en/({listed}[^"]+)"', listing)
        assert found, f"no {name} is listed"
        paths[name] = found[1]
    for path in paths.values():
        html = client.get(f"/en/{path}").content.decode()
        for picture in Picture.objects.filter(
            file__in=re.findall(r"(original_images/[^\" ]+)", html)
        ):
            make_renditions(picture)
    return paths


def ask_often(address: str) -> None:
    """Ask as others did before: words that come again are compressed well."""
    for _ in range(2):
        with urlopen(Request(address, headers={"Accept-Encoding": "gzip, br"})) as page:
            page.read()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that was never here."""
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=DENSITY, is_mobile=True, has_touch=True
    )
    yield context
    context.close()


def visit(phone: BrowserContext, address: str) -> Visit:
    """Open a page and write down what it costs."""
    seen = Visit()
    tab = phone.new_page()
    tab.add_init_script(SHIFTS)
    wire = phone.new_cdp_session(tab)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda told: _note_request(seen, told))
    wire.on("Network.loadingFinished", lambda told: _note_size(seen, told))
    tab.on("console", lambda told: seen.complaints.append(told.text))
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    seen.layout_shift = tab.evaluate("window.shifts")
    seen.complaints = [each for each in seen.complaints if "Content Security Policy" in each]
    return seen


def _note_request(seen: Visit, told: dict[str, Any]) -> None:
    seen.kinds[told["requestId"]] = told.get("type", "Other")
    seen.urls[told["requestId"]] = told["request"]["url"]


def _note_size(seen: Visit, told: dict[str, Any]) -> None:
    seen.sizes[told["requestId"]] = told["encodedDataLength"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_first_visit_keeps_its_budgets(
    shop: Shop, phone: BrowserContext, page: str, language: str
) -> None:
    address = f"{shop.origin}/{language}/{shop.paths[page]}"
    ask_often(address)

    seen = visit(phone, address)

    weights = seen.weights()
    inside = len(brotli.compress(sheets.first_sheet().css.encode()))
    costs: dict[str, float] = {
        "html": weights["html"],
        "styles": weights["styles"] + inside,
        "scripts": weights["scripts"],
        f"fonts_{language}": weights["fonts"],
        "page": weights.total(),
        "requests": len(seen.urls),
        "layout_shift": seen.layout_shift,
    }
    over = {name: cost for name, cost in costs.items() if cost > BUDGETS[name]}
    assert over == {}, f"{costs}\n" + "\n".join(seen.urls.values())
    assert {urlsplit(url).netloc for url in seen.urls.values()} == {urlsplit(shop.origin).netloc}
    assert seen.complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("late", "screen"),
    [("**/base/pages.*.css", PHONE), ("**/base/pages.*.css", DESKTOP), ("**/*.woff2", PHONE)],
    ids=["sheet on a phone", "sheet on a desktop", "face on a phone"],
)
def test_nothing_jumps_when_a_slow_connection_brings_the_rest(
    shop: Shop, browser: Browser, late: str, language: str, screen: dict[str, int]
) -> None:
    context = browser.new_context(viewport=screen)
    context.route(late, lambda route: (sleep(LATE), route.continue_()))
    jumps: dict[str, float] = {}
    for path in [*shop.paths.values(), *OTHERS]:
        tab = context.new_page()
        tab.add_init_script(SHIFTS)
        tab.goto(f"{shop.origin}/{language}/{path}")
        tab.wait_for_load_state("networkidle")
        jumps[path] = tab.evaluate("window.shifts")
        tab.close()
    context.close()

    assert {path: jump for path, jump in jumps.items() if jump > BUDGETS["layout_shift"]} == {}


def test_a_phone_gets_the_small_pictures(shop: Shop, phone: BrowserContext) -> None:
    seen = visit(phone, f"{shop.origin}/en/{shop.paths['list']}")

    pictures = [url for number, url in seen.urls.items() if seen.kinds[number] == "Image"]
    shown = {Path(url).suffix for url in pictures if "/media/" in url}
    assert shown == {".avif"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_one_can_look_round_and_fill_a_basket(
    shop: Shop, browser: Browser, language: str
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    tab = context.new_page()

    tab.goto(f"{shop.origin}/{language}/")
    tab.goto(f"{shop.origin}/{language}/{shop.paths['list']}")
    tab.locator("main article h3 a").first.click()
    title = tab.locator("h1").inner_text()
    footer = _background(tab, ".footer")
    tab.locator("main form button[type=submit]").first.click()

    assert tab.locator("main .line__title").first.inner_text() == title
    assert footer != _background(tab, "main"), "the sheet at the end of the page was read"
    context.close()


def _background(tab: Page, selector: str) -> str:
    return str(tab.locator(selector).evaluate("(seen) => getComputedStyle(seen).backgroundColor"))
