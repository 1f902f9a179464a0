"""
Take a picture of every page, on a phone and on a desk, in both languages, to look at.

    python -m tests.browser.look [address of a running demo shop] [folder] [words of page names]

Says besides which pages are too wide, have a broken picture or ask for what is not there.
"""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.screens import ARGUMENTS, CHROMIUM, DESKTOP, PHONE

PEOPLE = Path(__file__).resolve().parents[2] / "fixtures" / "data" / "people.toml"
PUBLIC = {
    "home": "",
    "districts": "districts/",
    "district": "districts/moradabad/",
    "crafts": "crafts/",
    "craft": "@crafts/ main a[href*='/crafts/']",
    "makers": "makers/",
    "maker": "@makers/ main a[href*='/makers/']",
    "stories": "stories/",
    "story": "@stories/ main article a[href*='/stories/']",
    "shop": "shop/",
    "shop-filtered": "shop/?district=varanasi&in_stock=1",
    "product": "@shop/ main article h3 a",
    "search": "search/?q=chikan",
    "search-nothing": "search/?q=xyzzy",
    "help": "help/",
    "missing": "no-such-page/",
    "basket-empty": "basket/",
}
BASKET = {"basket": "basket/", "checkout": "checkout/"}
ACCOUNT = {"account": "account/", "order": "@account/ main .row__title"}
DESK = {
    "desk": "/seller/",
    "desk-orders": "/seller/orders/",
    "desk-order": "@/seller/orders/ main .row__title",
    "desk-money": "/seller/money/",
    "desk-products": "/seller/products/",
    "desk-product": "@/seller/products/ main h2 a",
}
DOORS = {"login": "account/login/", "signup": "account/signup/"}
FAULTS = """() => ({
  wide: document.documentElement.scrollWidth - innerWidth,
  broken: [...document.images].filter((i) => i.complete && !i.naturalWidth).map((i) => i.src),
})"""
SHOW_ALL = "document.querySelectorAll('img').forEach((i) => { i.loading = 'eager' })"


@dataclass(slots=True)
class Camera:
    """One browser at one screen size, in one language."""

    tab: Page
    origin: str
    language: str
    name: str
    folder: Path
    only: list[str]

    def shoot(self, pages: dict[str, str]) -> None:
        """Take the pictures; an address with `@` is found by a link on another page."""
        for name, where in pages.items():
            if not self.only or any(word in name for word in self.only):
                self.open(where)
                self._take(name)

    def open(self, where: str) -> None:
        """Open a page."""
        if where.startswith("@"):
            page, _, link = where[1:].partition(" ")
            self.open(page)
            found = self.tab.locator(link).first.get_attribute("href") or ""
            where = found
        path = where if where.startswith("/") else f"/{self.language}/{where}"
        self.tab.goto(f"{self.origin}{path}")

    def _take(self, name: str) -> None:
        self.tab.evaluate(SHOW_ALL)
        self.tab.wait_for_load_state("networkidle")
        faults: dict[str, Any] = self.tab.evaluate(FAULTS)
        if faults["wide"] > 0 or faults["broken"]:
            sys.stdout.write(f"{self.name} {name}: {faults}\n")
        self.tab.screenshot(path=self.folder / f"{name}-{self.name}.png", full_page=True)

    def fill_basket(self) -> None:
        """Put three different things into the basket."""
        for place in ("varanasi", "moradabad", "lucknow"):
            self.open(f"@shop/?district={place}&in_stock=1 main article h3 a")
            self.tab.locator("main form button[type=submit]").first.click()

    def sign_in(self, role: str, then: str) -> None:
        """Sign in as the first demo person with this role."""
        people = tomllib.loads(PEOPLE.read_text(encoding="utf-8"))["people"]
        person = next(each for each in people if each["role"] == role)
        self.tab.context.clear_cookies()
        self.open(f"account/login/?next={then}")
        self.tab.locator("[name=login]").fill(person["email"])
        self.tab.locator("[name=password]").fill(person["password"])
        self.tab.locator("main form button[type=submit]").click()
        self.tab.wait_for_load_state()


def go_round(camera: Camera) -> None:
    """Take all pictures at one size and in one language."""
    camera.shoot(PUBLIC)
    if not camera.only or {"basket", "checkout"} & set(camera.only):
        camera.fill_basket()
        camera.shoot(BASKET)
    camera.shoot(DOORS)
    camera.sign_in("buyer", f"/{camera.language}/account/")
    camera.shoot(ACCOUNT)
    camera.sign_in("seller", "/seller/")
    camera.shoot(DESK)


def main(origin: str = "http://127.0.0.1:8000", folder: str = "/tmp/look", *only: str) -> None:
    """Go round the shop."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size in (PHONE, DESKTOP):
            for language in ("en", "hi"):
                context = browser.new_context(viewport=size)
                name = f"{language}-{size['width']}"
                tab = context.new_page()
                go_round(Camera(tab, origin, language, name, Path(folder), list(only)))
                context.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
