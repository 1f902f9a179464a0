"""Accessibility: axe finds nothing wrong, and the keyboard alone is enough to buy."""

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.purchase import ENGLISH, add_to_basket, fill_address
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town
from tests.factories.orders import make_order, part_of
from tests.factories.payouts import make_exported, make_owed

NAME_OF_FOCUS = """(() => {
  const here = document.activeElement
  return (here.getAttribute("aria-label") || here.textContent).trim()
})()"""
RING_OF_FOCUS = """(() => {
  const here = document.activeElement
  const styles = [getComputedStyle(here), getComputedStyle(here, "::after")]
  return styles.some((each) => each.outlineStyle !== "none" || each.boxShadow !== "none")
})()"""
STORY = "/en/stories/sand-fire-and-a-small-chisel/"
ENGLISH_PAGES = ["/en/", "/en/districts/", "/en/shop/"]
HINDI_PAGES = ["/hi/", "/hi/districts/moradabad/", "/hi/shop/"]
SECOND_LEVEL = ["/en/districts/moradabad/", "/en/crafts/brassware/", STORY, "/en/search/?q=lota"]
PUBLIC = {
    "phone": (PHONE, [*ENGLISH_PAGES, *HINDI_PAGES, *SECOND_LEVEL, "/en/stories/", "/en/help/"]),
    "desktop": (DESKTOP, [*ENGLISH_PAGES, "/hi/"]),
}


@pytest.mark.parametrize("screen", PUBLIC)
def test_public_pages_have_no_barrier(visit: NewVisitor, town: Town, screen: str) -> None:
    size, paths = PUBLIC[screen]
    reader = visit(size, script=True)
    found = []
    for path in (*paths, f"/hi/shop/{town.lota.slug}-{town.lota.pk}/"):
        reader.go(path)
        reader.assert_fits()
        found += problems(reader)

    assert found == []


def test_the_way_to_pay_has_no_barrier(visit: NewVisitor, town: Town) -> None:
    buyer = visit(script=True)
    found = []
    order = make_order(town.bell)
    for path in ("/en/basket/", "/en/account/login/", f"/en/orders/{order.token}/"):
        buyer.go(path)
        found += problems(buyer)
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    found += problems(buyer)
    buyer.go("/en/checkout/")
    found += problems(buyer)
    buyer.tab.get_by_role("button", name=ENGLISH.place).click()
    expect(buyer.tab.get_by_role("alert")).to_be_visible()
    expect(buyer.tab.locator("#errors")).to_be_focused()
    found += problems(buyer)

    assert found == []


def test_the_desk_has_no_barrier(visit: NewVisitor, town: Town) -> None:
    order = make_order(town.lota)
    seller = visit(script=True)
    seller.sign_in("meera@example.org", then="/seller/")
    found = problems(seller)
    make_owed(town.lota.stockrecords.get().partner)
    payout = make_exported().payouts.get()
    money = ("money/", "money/?show=paid", f"money/{payout.pk}/")
    for path in ("orders/", f"orders/{part_of(order).number}/", *money, "products/"):
        seller.go(f"/seller/{path}")
        found += problems(seller)

    assert found == []


def test_the_keyboard_alone_buys(visit: NewVisitor, town: Town) -> None:
    buyer = visit(DESKTOP, script=True)
    buyer.go("/en/")
    press_on(buyer, "Moradabad")
    press_on(buyer, "Brass lota")
    press_on(buyer, "Add to basket")
    press_on(buyer, "Go on to address and payment")
    fill_address(buyer)
    press_on(buyer, "Place the order and pay ₹")

    expect(buyer.tab.get_by_label("Card number")).to_be_visible()


def press_on(visitor: Visitor, name: str) -> None:
    """Press Tab until what has this name is reached and is seen to be; then press Enter."""
    tab, reached = visitor.tab, ""
    for _ in range(250):
        tab.keyboard.press("Tab")
        reached = tab.evaluate(NAME_OF_FOCUS)
        if reached.startswith(name):
            break
    assert reached.startswith(name)
    assert tab.evaluate(RING_OF_FOCUS), f"nothing shows that {name} is reached"
    was = tab.url
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: url != was)
