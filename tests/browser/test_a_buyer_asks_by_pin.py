"""The PIN code from a product to the order: with script and without, in both languages."""

import pytest
from oscar.apps.address.models import UserAddress
from playwright.sync_api import expect

from storefront.accounts.models import User
from storefront.order.models import Order
from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.purchase import ENGLISH, HINDI, Words, add_to_basket, click, fill_address, pay
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import PASSWORD, Town
from tests.factories.cash import make_terms

ASK = {"en": ("Delivery to PIN code", "Check"), "hi": ("किस पिन कोड पर भेजें", "देखें")}
IN_KANPUR = {"en": "in Kanpur Nagar, 208001", "hi": "कानपुर नगर, 208001 में"}
LOOK_UP = {"en": "Look up", "hi": "पता करें"}


@pytest.mark.parametrize("screen", [PHONE, DESKTOP])
@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("hi", HINDI)])
def test_a_pin_asked_once_is_known_in_the_basket_and_at_the_checkout(
    visit: NewVisitor,
    town: Town,
    screen: dict[str, int],
    script: bool,
    language: str,
    words: Words,
) -> None:
    make_terms()
    label, check = ASK[language]
    buyer = visit(screen, script=script)
    tab = buyer.tab
    buyer.go(f"/{language}/shop/{town.lota.slug}-{town.lota.pk}/")
    before = tab.url

    tab.get_by_label(label).fill("२०८००१")
    click(buyer, check)
    expect(tab.get_by_role("main")).to_contain_text(IN_KANPUR[language])
    assert (tab.url == before) is script
    buyer.assert_fits()
    if script:
        assert problems(buyer) == []
    click(buyer, words.add)
    expect(tab.get_by_role("main")).to_contain_text("208001")
    buyer.assert_fits()
    click(buyer, words.checkout, "link")

    state, name = words.state
    expect(tab.get_by_label("पिन कोड" if language == "hi" else "PIN code")).to_have_value("208001")
    expect(tab.get_by_label(state, exact=True).locator("option:checked")).to_have_text(name)
    buyer.assert_fits()


def test_with_script_the_pin_fills_in_place_and_price_by_itself(
    visit: NewVisitor, town: Town
) -> None:
    buyer = visit(script=True)
    tab = buyer.tab
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    click(buyer, ENGLISH.checkout, "link")
    tab.get_by_label("Full name").fill("Asha Verma")
    expect(tab.get_by_role("button", name="Look up")).to_have_count(0)

    tab.get_by_label("PIN code").press_sequentially("110001")

    expect(tab.get_by_label("State", exact=True).locator("option:checked")).to_have_text("Delhi")
    expect(tab.get_by_role("status")).to_contain_text("Delhi, 110001")
    expect(tab.get_by_label("Full name")).to_have_value("Asha Verma")
    tab.get_by_label("PIN code").fill("208 001")
    expect(tab.get_by_label("City, town or district")).to_have_value("Kanpur Nagar")
    buyer.assert_fits()
    fill_address(buyer, **{"PIN code": "208001", "City, town or district": "Kanpur"})
    click(buyer, ENGLISH.place)
    pay(buyer)
    address = Order.objects.get().shipping_address
    assert (address.postcode, address.line4, address.state) == ("208001", "Kanpur", "Uttar Pradesh")


@pytest.mark.parametrize(("language", "words"), [("en", ENGLISH), ("hi", HINDI)])
def test_without_script_a_button_looks_the_pin_up_and_all_that_was_typed_stays(
    visit: NewVisitor, town: Town, language: str, words: Words
) -> None:
    buyer = visit()
    tab = buyer.tab
    add_to_basket(buyer, f"/{language}/shop/{town.lota.slug}-{town.lota.pk}/", words)
    click(buyer, words.checkout, "link")
    labels = list(words.fields)
    tab.get_by_label(labels[5], exact=True).fill("12 Hazratganj")
    tab.get_by_label(labels[3], exact=True).fill("208001")

    click(buyer, LOOK_UP[language])

    town_box = tab.get_by_label(labels[4], exact=True)
    expect(town_box).to_have_value("Kanpur Nagar" if language == "en" else "कानपुर नगर")
    expect(tab.get_by_label(labels[5], exact=True)).to_have_value("12 Hazratganj")
    buyer.assert_fits()


@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize("box", ["PIN code", "Mobile number"])
def test_enter_in_a_box_places_the_order_as_the_main_button_does(
    visit: NewVisitor, town: Town, script: bool, box: str
) -> None:
    buyer = visit(script=script)
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    click(buyer, ENGLISH.checkout, "link")
    fill_address(buyer)

    buyer.tab.get_by_label(box, exact=True).press("Enter")

    expect(buyer.tab.get_by_label("Card number")).to_be_visible()
    assert Order.objects.count() == 1


def test_without_script_tab_leads_from_the_pin_to_its_button(visit: NewVisitor, town: Town) -> None:
    buyer = visit()
    tab = buyer.tab
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    click(buyer, ENGLISH.checkout, "link")
    tab.get_by_label("PIN code").focus()

    tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="Look up")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.get_by_label("City, town or district")).to_be_focused()
    for _ in range(2):
        tab.keyboard.press("Shift+Tab")
    expect(tab.get_by_label("PIN code")).to_be_focused()


@pytest.mark.parametrize("script", [False, True])
def test_the_address_book_asks_by_pin_too_and_enter_saves(
    visit: NewVisitor, town: Town, script: bool
) -> None:
    User.objects.create_user("asha@example.org", PASSWORD)
    buyer = visit(script=script)
    tab = buyer.tab
    buyer.sign_in("asha@example.org", then="/en/account/addresses/new/")
    tab.get_by_label("House, street or lane").fill("12 Hazratganj")
    tab.get_by_label("PIN code").press_sequentially("208001")

    if not script:
        click(buyer, "Look up")
    expect(tab.get_by_label("City, town or district")).to_have_value("Kanpur Nagar")
    expect(tab.get_by_label("House, street or lane")).to_have_value("12 Hazratganj")
    expect(tab.get_by_role("status")).to_contain_text("Kanpur Nagar, 208001")
    buyer.assert_fits()
    assert not UserAddress.objects.exists()
    tab.get_by_label("Full name").fill("Asha Verma")
    tab.get_by_label("Mobile number").fill("98765 43210")
    tab.get_by_label("Mobile number").press("Enter")

    expect(tab.get_by_role("main")).to_contain_text("12 Hazratganj")
    assert UserAddress.objects.get().line4 == "Kanpur Nagar"
