"""Going back after paying, two tabs at once: one order, and a clear answer in every tab."""

import re

import pytest
from playwright.sync_api import expect

from storefront.order.models import Order
from storefront.payment.models import MoneyMovement
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.purchase import add_to_basket, click, fill_address, pay, place_order
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town

CHECKOUT, PLACE = "Go on to address and payment", re.compile("^Place the order")
THANKS = "Thank you, your order is confirmed"


def second_tab(visitor: Visitor) -> Visitor:
    """Open another tab of the same browser."""
    return Visitor(visitor.tab.context.new_page(), visitor.origin)


def headline(visitor: Visitor) -> str:
    return visitor.tab.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize("script", [False, True])
def test_back_from_the_paid_order_leads_to_it_again_and_pays_nothing_twice(
    visit: NewVisitor, town: Town, script: bool
) -> None:
    buyer = visit(script=script)
    tab = buyer.tab
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    place_order(buyer)
    pay(buyer)
    expect(tab.get_by_role("heading", level=1)).to_have_text(THANKS)
    order = Order.objects.get()

    tab.go_back()
    expect(tab.get_by_label("Card number")).to_have_count(0)
    tab.go_back()

    expect(tab.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert tab.url.endswith(f"/en/orders/{order.token}/")
    assert Order.objects.count() == 1
    assert MoneyMovement.objects.filter(kind="capture").count() == 1


def test_the_same_checkout_in_two_tabs_is_one_order(visit: NewVisitor, town: Town) -> None:
    one = visit()
    add_to_basket(one, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    click(one, CHECKOUT, "link")
    two = second_tab(one)
    two.go("/en/checkout/")
    for tab in (one, two):
        fill_address(tab)

    click(one, PLACE)
    click(two, PLACE)

    assert headline(two) == "Your order waits for payment"
    pay(one)
    assert headline(one) == THANKS
    two.tab.reload()
    assert headline(two) == THANKS
    assert Order.objects.count() == 1


def test_a_basket_changed_in_another_tab_is_told_of_before_any_money(
    visit: NewVisitor, town: Town
) -> None:
    one = visit(DESKTOP)
    add_to_basket(one, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    click(one, CHECKOUT, "link")
    fill_address(one)
    add_to_basket(second_tab(one), f"/en/shop/{town.bell.slug}-{town.bell.pk}/")

    click(one, PLACE)

    expect(one.tab.get_by_role("alert").first).to_contain_text("The total is now ₹2,")
    expect(one.tab.get_by_label("House, street or lane")).to_have_value("12 Hazratganj")
    expect(one.tab.get_by_role("main")).to_contain_text("Temple bell")
    assert not Order.objects.exists()
    click(one, PLACE)
    pay(one)
    assert headline(one) == THANKS


def test_a_basket_emptied_in_another_tab_is_told_of(visit: NewVisitor, town: Town) -> None:
    one = visit(PHONE)
    add_to_basket(one, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    click(one, CHECKOUT, "link")
    fill_address(one)
    two = second_tab(one)
    two.go("/en/basket/")
    click(two, "Remove Brass lota")

    click(one, PLACE)

    assert headline(one) == "Your basket"
    expect(one.tab.get_by_role("main")).to_contain_text("Your basket is empty")
    assert not Order.objects.exists()
