"""The buyer's job in a browser without JavaScript on a small phone: from the map to the parcel."""

import re
from typing import Any

from django.core import mail
from playwright.sync_api import expect

from storefront.order.models import Order
from storefront.order.rules import OrderState
from tests.browser.conftest import NewVisitor
from tests.browser.purchase import (
    BAD_CARD,
    HINDI,
    add_to_basket,
    click,
    fill_address,
    pay,
    place_order,
)
from tests.browser.town import Town
from tests.factories.catalogue import stock_record
from tests.factories.orders import make_shipped, part_of


def test_from_the_map_to_an_order_of_two_sellers_and_its_status(
    visit: NewVisitor, town: Town
) -> None:
    buyer = visit()
    tab = buyer.tab
    buyer.go("/en/")
    buyer.assert_fits()
    tab.get_by_role("main").get_by_role("link", name="Moradabad", exact=True).first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Moradabad")
    buyer.assert_fits()
    click(buyer, "Brass lota", "link")
    buyer.assert_fits()
    tab.get_by_label("Quantity").fill("2")
    click(buyer, "Add to basket")
    tab.get_by_role("navigation").get_by_role("link", name="Shop", exact=True).click()
    click(buyer, "Banarasi stole", "link")
    click(buyer, "Add to basket")

    expect(tab.get_by_role("main")).to_contain_text("2 sellers send this order")
    expect(tab.get_by_role("main")).to_contain_text("₹6,700")
    buyer.assert_fits()
    click(buyer, "Go on to address and payment", "link")
    buyer.assert_fits()
    fill_address(buyer, **{"PIN code": "110001"})
    click(buyer, re.compile("^Place the order"))

    mistake = tab.get_by_role("alert")
    expect(mistake).to_contain_text("PIN 110001 lies in Delhi, not in Uttar Pradesh")
    expect(tab.get_by_label("House, street or lane")).to_have_value("12 Hazratganj")
    buyer.assert_fits()
    tab.get_by_label("PIN code").fill("226001")
    click(buyer, re.compile("^Place the order"))

    buyer.assert_fits()
    pay(buyer)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Thank you, your order is confirmed")
    buyer.assert_fits()
    order = Order.objects.get()
    assert tab.url.endswith(f"/en/orders/{order.token}/")
    assert order.status == OrderState.CONFIRMED
    assert stock_record(town.lota).free == 3

    [letter] = mail.outbox
    assert f"{buyer.origin}/en/orders/{order.token}/" in letter.body
    make_shipped(part_of(order, town.silk))
    expect_news_of_the_parcel(visit(), order)


def expect_news_of_the_parcel(another_day: Any, order: Order) -> None:
    another_day.go(f"/en/orders/{order.token}/")
    expect(another_day.tab.get_by_role("heading", level=1)).to_have_text(
        "Part of your order is on its way"
    )
    expect(another_day.tab.get_by_role("main")).to_contain_text("EU123456789IN")


def test_a_hindi_reader_buys_in_hindi(visit: NewVisitor, town: Town) -> None:
    buyer = visit()
    add_to_basket(buyer, f"/hi/shop/{town.lota.slug}-{town.lota.pk}/", HINDI)
    buyer.assert_fits()
    place_order(buyer, HINDI)
    pay(buyer, words=HINDI)

    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text("धन्यवाद, आपका ऑर्डर पक्का हो गया")
    expect(buyer.tab.get_by_role("main")).to_contain_text("पीतल का लोटा")
    expect(buyer.tab.locator("html")).to_have_attribute("lang", "hi")
    buyer.assert_fits()
    [letter] = mail.outbox
    assert "पक्का" in letter.subject


def test_after_a_declined_card_another_one_pays(visit: NewVisitor, town: Town) -> None:
    buyer = visit()
    add_to_basket(buyer, f"/en/shop/{town.bell.slug}-{town.bell.pk}/")
    place_order(buyer)
    pay(buyer, BAD_CARD)

    expect(buyer.tab.get_by_role("alert")).to_contain_text("declined")
    assert Order.objects.get().status == OrderState.PENDING_PAYMENT
    pay(buyer)

    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text(
        "Thank you, your order is confirmed"
    )
    assert len(mail.outbox) == 1


def test_who_comes_back_unpaid_gets_the_basket_back_and_the_stock_is_free(
    visit: NewVisitor, town: Town
) -> None:
    buyer = visit()
    add_to_basket(buyer, f"/en/shop/{town.stole.slug}-{town.stole.pk}/")
    place_order(buyer)
    assert stock_record(town.stole).free == 0
    click(buyer, "Back to the shop", "link")

    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text("Your order waits for payment")
    buyer.assert_fits()
    click(buyer, "Cancel and go back to the basket")

    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text("Your basket")
    expect(buyer.tab.get_by_role("main")).to_contain_text("Banarasi stole")
    assert stock_record(town.stole).free == 1
    assert Order.objects.get().status == OrderState.CANCELLED
    place_order(buyer)
    pay(buyer)
    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text(
        "Thank you, your order is confirmed"
    )
