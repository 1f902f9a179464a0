"""What bars somebody from using a page: what axe finds, and what can be measured."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.screens import DESKTOP, SMALLEST, TWICE

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
FOUND = """(rules) => axe.run(rules).then(({ violations }) => violations.flatMap(
  ({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target}`)))"""
MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")


def problems(visitor: Visitor) -> list[str]:
    """Return what is wrong with the page: the rule and where it is broken."""
    tab = visitor.tab
    tab.evaluate(AXE)
    return [f"{tab.url}: {each}" for each in tab.evaluate(FOUND, RULES)]


def measured(tab: Page) -> list[str]:
    """
    Return what is too small, cut off, not seen to have the focus, or moves.

    The screen is 320 px wide, then half of a desk's: what is left of it at twice the size.
    """
    tab.evaluate(MEASURES)
    tab.set_viewport_size(DESKTOP)
    there = set(_ask(tab, "there"))
    tab.set_viewport_size(TWICE)
    lost = sorted(there - set(_ask(tab, "there")))
    found = [f"lost at 200 %: {each}" for each in lost] + _ask(tab, "cut")
    tab.set_viewport_size(SMALLEST)
    found += _ask(tab, "cut") + _ask(tab, "cutWhenSpaced") + _ask(tab, "small")
    found += _ask(tab, "moving")
    tab.keyboard.press("Tab")
    return found + _ask(tab, "unfocused")


def _ask(tab: Page, measure: str) -> list[str]:
    found: list[str] = tab.evaluate(f"measures.{measure}()")
    return found
