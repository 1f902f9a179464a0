"""Somebody searches: suggestions by keyboard and screen reader, and a plain form without script."""

import re

import pytest
from playwright.sync_api import Locator, expect

from storefront.search.services import collect_terms
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town

LABELS = {
    "en": "Search crafts, districts and makers",
    "hi": "शिल्प, ज़िला या कारीगर खोजें",
}


def box_of(buyer: Visitor, language: str = "en") -> Locator:
    """Return the search box; it tells that it suggests from the moment somebody is in it."""
    box = buyer.tab.get_by_role("search").get_by_label(LABELS[language]).first
    box.focus()
    expect(box).to_have_role("combobox")
    return box


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("language", "typed", "text"), [("en", "brasw", "Brassware"), ("hi", "पीत", "पीतल")]
)
def test_suggestions_are_chosen_by_keyboard_and_told_to_screen_readers(
    visit: NewVisitor, town: Town, screen: dict[str, int], language: str, typed: str, text: str
) -> None:
    collect_terms()
    buyer = visit(screen, script=True)
    buyer.go(f"/{language}/shop/")
    box = box_of(buyer, language)
    options = buyer.tab.get_by_role("listbox", name=LABELS[language]).get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "false")

    box.press_sequentially(typed)
    expect(options.first).to_contain_text(text)
    expect(box).to_have_attribute("aria-expanded", "true")
    buyer.assert_fits()
    for option in options.all():
        shown = option.bounding_box()
        assert shown is not None
        assert shown["height"] >= 44
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= screen["width"]
    box.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    expect(options.first).to_have_attribute("id", chosen or "")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    expect(box).to_be_focused()

    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value(typed)
    box.press("ArrowDown")
    box.press("Enter")
    buyer.tab.wait_for_url(re.compile(f"/{language}/(crafts|search|shop/[a-z])"))


def test_enter_without_a_choice_searches_for_what_was_typed(visit: NewVisitor, town: Town) -> None:
    collect_terms()
    buyer = visit(PHONE, script=True)
    buyer.go("/en/")
    box_of(buyer).press_sequentially("lota")
    expect(buyer.tab.get_by_role("option").first).to_be_visible()
    box_of(buyer).press("Enter")

    buyer.tab.wait_for_url(re.compile(r"/en/search/\?q=lota"))
    expect(buyer.tab.get_by_role("main")).to_contain_text("Brass lota")


def test_a_suggestion_can_be_tapped(visit: NewVisitor, town: Town) -> None:
    collect_terms()
    buyer = visit(PHONE, script=True)
    buyer.go("/en/")
    box_of(buyer).press_sequentially("brass lo")
    buyer.tab.get_by_role("option", name="Brass lota").click()

    buyer.tab.wait_for_url(re.compile(r"/en/shop/brass-lota-"))


def test_without_script_the_box_is_a_plain_search(visit: NewVisitor, town: Town) -> None:
    buyer = visit()
    buyer.go("/en/")
    box = buyer.tab.get_by_role("searchbox", name=LABELS["en"])
    box.fill("lota")
    box.press("Enter")

    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text("Search: lota")
    expect(buyer.tab.get_by_role("main")).to_contain_text("Brass lota")
    buyer.assert_fits()


def test_the_box_searches_though_suggestions_cannot_be_fetched(
    visit: NewVisitor, town: Town
) -> None:
    """A connection that fails on the way is no fault of the page; `visit` would tell of one."""
    buyer = visit(PHONE, script=True, service_workers="block")
    buyer.tab.route("**/suggest*.js", lambda route: route.abort())
    buyer.go("/en/shop/")
    box = buyer.tab.get_by_role("search").get_by_label(LABELS["en"]).first
    with buyer.tab.expect_event("requestfailed"):
        box.focus()
    box.fill("lota")
    box.press("Enter")
    expect(buyer.tab.get_by_role("link", name="Brass lota")).to_be_visible()
