"""Setting up a second factor on a phone, and coming in with it, in both languages."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.town import PASSWORD, Town
from tests.factories.people import authenticator_code

WORDS = {
    "en": ("Set it up", "I have them: go on", "Seller desk", "Sign out"),
    "hi": ("चालू करें", "लिख लिए, आगे बढ़ें", "विक्रेता मेज़", "साइन आउट करें"),
}


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("language", WORDS)
def test_a_seller_sets_one_up_and_comes_in_with_it(
    visit: NewVisitor, town: Town, language: str
) -> None:
    set_up, go_on, desk, sign_out = WORDS[language]
    seller = visit(script=True)
    tab, main, found = seller.tab, seller.tab.get_by_role("main"), []
    give_password(seller, language)
    found += look(seller)
    main.get_by_role("link", name=set_up).click()
    found += look(seller)
    submit(tab, password=PASSWORD)
    found += look(seller)
    secret = tab.locator("code.key").inner_text()
    assert f"secret={secret}" in (tab.locator("a[href^=otpauth]").get_attribute("href") or "")
    submit(tab, code=authenticator_code(secret))
    found += look(seller)
    codes = tab.locator(".codes li").all_inner_texts()
    main.get_by_role("link", name=go_on).click()
    found += look(seller)
    main.get_by_role("link", name=desk).click()
    expect(tab).to_have_url(f"{seller.origin}/seller/")

    seller.go(f"/{language}/account/")
    main.get_by_role("button", name=sign_out).click()
    give_password(seller, language)
    found += look(seller)
    submit(tab, code=codes[0])

    expect(tab).to_have_url(f"{seller.origin}/seller/")
    assert len(codes) == 10
    assert found == []


def give_password(seller: Visitor, language: str) -> None:
    """Sign in with the password alone, on the way to the desk."""
    seller.go(f"/{language}/account/login/?next=/seller/")
    submit(seller.tab, login="meera@example.org", password=PASSWORD)


def submit(tab: Page, **typed: str) -> None:
    """Fill the page's form and send it."""
    for name, text in typed.items():
        tab.locator(f"[name={name}]").fill(text)
    tab.get_by_role("main").locator("button[type=submit]").first.click()
    tab.wait_for_load_state()


def look(seller: Visitor) -> list[str]:
    """Return the barriers of the page, which must fit the screen and speak one language."""
    seller.assert_fits()
    return problems(seller)
