"""Nothing but keys: each thing is reached, is seen to be reached, and does its work."""

import re

import pytest
from playwright.sync_api import expect

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.feedback.models import ProductReview, Question
from storefront.fulfilment.services import say_arrived
from storefront.search.services import collect_terms
from storefront.wishes.models import WishLine
from tests.browser.barriers import MEASURES
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.purchase import fill_address
from tests.browser.screens import DESKTOP
from tests.browser.town import PASSWORD, Town, add_asha
from tests.factories.orders import make_order, make_shipped, part_of
from tests.factories.purchase import make_post

# WCAG 2.4.13 asks for as much as a line of two pixels.
LEAST_RING = 2
MOST_KEYS = 250
ADDRESS = {
    "City, town or district": "Lucknow",
    "State": "Uttar Pradesh",
    "House, street or lane": "12 Hazratganj",
    "Full name": "Asha Verma",
    "Mobile number": "98765 43210",
}


@pytest.fixture
def typist(visit: NewVisitor) -> Visitor:
    """Somebody at a desk whose mouse is broken."""
    visitor = visit(DESKTOP, script=True)
    visitor.tab.add_init_script(MEASURES)
    return visitor


@pytest.fixture
def asha(typist: Visitor, town: Town) -> User:
    """A buyer who has a lota at home, signed in."""
    buyer = add_asha()
    order = make_order(town.lota, user=buyer)
    say_arrived(make_shipped(part_of(order)), by=None, now=now())
    typist.go("/en/account/login/")
    typed(typist, "Email", buyer.email)
    typed(typist, "Password", PASSWORD)
    leave_by(typist, "Sign in")
    return buyer


def test_a_buyer_goes_from_the_map_to_the_payment(typist: Visitor, town: Town) -> None:
    typist.go("/en/")
    leave_by(typist, "Moradabad")
    leave_by(typist, "Brass lota")
    leave_by(typist, "Add to basket")
    leave_by(typist, "Go on to address and payment")
    fill_address(typist)
    leave_by(typist, "Place the order and pay ₹")

    expect(typist.tab.get_by_label("Card number")).to_be_visible()


def test_a_pin_is_asked_and_its_answer_is_told(typist: Visitor, town: Town) -> None:
    make_post()
    typist.go(town.lota.get_absolute_url())
    typed(typist, "Delivery to PIN code", "208001")
    typist.tab.keyboard.press("Enter")

    expect(typist.tab.locator("#pin-answer")).to_contain_text("Kanpur Nagar, 208001")
    expect(typist.tab.get_by_label("Delivery to PIN code")).to_be_focused()


def test_the_list_is_narrowed_and_a_chip_takes_the_filter_away(typist: Visitor, town: Town) -> None:
    typist.go("/en/shop/")
    press(typist, re.compile("^District$"))
    press(typist, "Varanasi", "Space")
    leave_by(typist, "Show these")
    expect(typist.tab.get_by_role("main")).not_to_contain_text("Brass lota")
    leave_by(typist, "Remove filter: Varanasi")

    expect(typist.tab.get_by_role("main")).to_contain_text("Brass lota")


def test_a_suggestion_is_chosen(typist: Visitor, town: Town) -> None:
    collect_terms()
    typist.go("/en/")
    reach(typist, "Search crafts, districts and makers")
    box = typist.tab.get_by_role("combobox")
    expect(box).to_be_focused()
    typist.tab.keyboard.type("brass lo")
    expect(typist.tab.get_by_role("option").first).to_contain_text("Brass lota")
    typist.tab.keyboard.press("ArrowDown")
    typist.tab.keyboard.press("Enter")

    typist.tab.wait_for_url(re.compile("/en/shop/brass-lota-"))


def test_a_picture_opens_large_and_the_focus_comes_back(typist: Visitor, town: Town) -> None:
    typist.go(town.lota.get_absolute_url())
    window = typist.tab.get_by_role("dialog", name="Look closer")
    for way_out in ("Enter", "Escape"):
        press(typist, "Look closer")
        expect(window.get_by_role("button", name="Close")).to_be_focused()
        expect(window.get_by_role("img", name="A brass lota")).to_be_visible()
        typist.tab.keyboard.press(way_out)
        expect(window).to_be_hidden()
        expect(typist.tab.locator("#picture-1")).to_be_focused()
        typist.tab.keyboard.press("Shift+Tab")


@pytest.mark.usefixtures("asha")
def test_a_piece_is_saved_and_moved_to_the_basket(typist: Visitor, town: Town) -> None:
    typist.go(town.lota.get_absolute_url())
    leave_by(typist, "Save to my wish list")
    assert WishLine.objects.get().product == town.lota
    leave_by(typist, "Move to basket Brass lota")

    expect(typist.tab.get_by_role("heading", level=1)).to_have_text("Your basket")


@pytest.mark.usefixtures("asha")
def test_stars_are_chosen_and_a_review_is_sent(typist: Visitor, town: Town) -> None:
    typist.go("/en/account/reviews/")
    leave_by(typist, "Write a review Brass lota")
    press(typist, "Send")
    expect(typist.tab.locator("#errors")).to_be_focused()
    press(typist, "How many stars?")
    reach(typist, "5 stars")
    typist.tab.keyboard.press("ArrowDown")
    typed(typist, "What is it like?", "It rings when you tap it.")
    leave_by(typist, "Send")

    review = ProductReview.objects.get()
    assert (review.score, review.body) == (4, "It rings when you tap it.")


@pytest.mark.usefixtures("asha")
def test_a_question_is_asked(typist: Visitor, town: Town) -> None:
    typist.go(town.lota.get_absolute_url())
    leave_by(typist, "Ask the seller")
    typed(typist, "Your question", "Does it need lining?")
    leave_by(typist, "Send")

    assert Question.objects.get().text == "Does it need lining?"


def test_an_address_is_kept_and_deleted(typist: Visitor, asha: User) -> None:
    make_post()
    typist.go("/en/account/addresses/new/")
    press(typist, "Save")
    expect(typist.tab.locator("#errors")).to_be_focused()
    press(typist, "PIN code: ")
    expect(typist.tab.get_by_label("PIN code")).to_be_focused()
    typist.tab.keyboard.type("226001")
    for name, text in ADDRESS.items():
        typed(typist, name, text)
    leave_by(typist, "Save")
    expect(typist.tab.get_by_role("main")).to_contain_text("12 Hazratganj")
    leave_by(typist, "Delete 12 Hazratganj")
    leave_by(typist, "Delete")

    assert not asha.addresses.exists()


def test_an_account_comes_to_its_end(typist: Visitor, asha: User) -> None:
    typist.go("/en/account/data/")
    leave_by(typist, "Delete the account")
    typed(typist, "Password", PASSWORD)
    leave_by(typist, "Delete the account")

    assert not User.objects.filter(email=asha.email).exists()


def reach(visitor: Visitor, name: str | re.Pattern[str]) -> None:
    """Press Tab until what is called so has the focus, and can be seen to have it."""
    wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
    reached, ring = "", 0
    for _ in range(MOST_KEYS):
        visitor.tab.keyboard.press("Tab")
        reached, ring = visitor.tab.evaluate("measures.focus()")
        if wanted.match(reached):
            break
    assert wanted.match(reached)
    assert ring >= LEAST_RING, f"nothing shows that {name} is reached"


def typed(visitor: Visitor, name: str, text: str) -> None:
    """Reach a box and type into it."""
    reach(visitor, name)
    visitor.tab.keyboard.type(text)


def press(visitor: Visitor, name: str | re.Pattern[str], key: str = "Enter") -> None:
    """Reach something and press a key on it."""
    reach(visitor, name)
    visitor.tab.keyboard.press(key)


def leave_by(visitor: Visitor, name: str) -> None:
    """Reach a link or button and press it; it leads to another page."""
    was = visitor.tab.url
    press(visitor, name)
    visitor.tab.wait_for_url(lambda url: url != was)
