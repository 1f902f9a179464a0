"""The measures of a page find the faults they are for, and none where there is none."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.barriers import measured

GOOD = """<!doctype html>
<style>body { margin: 8px; } :focus-visible { outline: 3px solid; } a { min-height: 24px; }</style>
<p>Read <a href="#all">all of it</a> here.</p>
<p><a href="#alone" style="display: inline-block">Alone</a></p>
<button class="button" style="min-height: 44px">Buy</button>
<details><summary style="min-height: 24px">More</summary><p>Folded away</p></details>
"""
FAULTS = {
    '<a href="#" style="display: block; width: 20px">x</a>': ["small: a."],
    '<p><a href="#">Alone as well</a></p>': ["small: a."],
    '<button class="button" style="height: 40px">Sell</button>': ["small button: button.button"],
    '<div style="width: 350px">Wide</div>': ["38 px wider than the screen: div.", "with wide"],
    '<p style="width: 5em; overflow: hidden; white-space: nowrap">A long, long sentence</p>': [
        "cut: p.",
        "cut: p.",
        "with wide spacing cut: p.",
    ],
    '<p style="width: 7.5em; overflow: hidden; white-space: nowrap">A short sentence</p>': [
        "with wide spacing cut: p."
    ],
    '<button style="outline: none; height: 24px">Where?</button>': ["focus not seen: button."],
    '<div style="position: fixed; inset: auto 0 0; height: 90vh; background: white">Bar</div>': [
        "covered when it has the focus: button.button",
        "covered when it has the focus: summary.",
    ],
    '<p style="transition: color 1s">Slow</p>': ["moves: p."],
    "<style>@media (max-width: 700px) { i { display: none; } }</style><i>At a desk</i>": [
        "lost at 200 %: At a desk"
    ],
}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def test_a_good_page_has_no_fault(tab: Page) -> None:
    tab.set_content(GOOD)

    assert measured(tab) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(tab: Page, fault: str) -> None:
    tab.set_content(GOOD + fault)

    found = measured(tab)

    assert len(found) == len(FAULTS[fault])
    assert all(map(str.startswith, found, FAULTS[fault]))
