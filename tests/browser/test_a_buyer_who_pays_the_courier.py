"""Paying the courier in a browser without JavaScript on a small phone, in both languages."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from storefront.order.models import Order
from storefront.order.rules import OrderState
from storefront.payment.models import NoCashPin
from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.purchase import (
    BAD_CARD,
    ENGLISH,
    HINDI,
    Words,
    add_to_basket,
    click,
    fill_address,
    pay,
    place_order,
)
from tests.browser.town import Town
from tests.factories.cash import code_sent, make_terms, on_the_road, order_cash


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", ENGLISH, ("Pay the courier in cash", "Confirm the order", "Thank you")),
        ("hi", HINDI, ("कूरियर को नक़द भुगतान", "ऑर्डर की पुष्टि करें", "धन्यवाद")),
    ],
)
def test_a_buyer_chooses_cash_mistypes_the_code_and_confirms(
    visit: NewVisitor, town: Town, language: str, words: Words, said: tuple[str, str, str]
) -> None:
    make_terms()
    way, confirm, thanks = said
    buyer = visit()
    tab = buyer.tab
    add_to_basket(buyer, f"/{language}/shop/{town.lota.slug}-{town.lota.pk}/", words)
    click(buyer, words.checkout, "link")
    fill_address(buyer, words)
    tab.get_by_role("radio", name=re.compile(way)).check()
    buyer.assert_fits()
    click(buyer, words.place)
    buyer.assert_fits()

    tab.locator("#code").fill("12")
    click(buyer, confirm)
    expect(tab.get_by_role("main")).to_contain_text("4")
    tab.locator("#code").fill(code_sent())
    click(buyer, confirm)

    expect(tab.get_by_role("heading", level=1)).to_contain_text(thanks)
    expect(tab.get_by_role("main")).to_contain_text("₹1,500")
    buyer.assert_fits()
    assert Order.objects.get().status == OrderState.CONFIRMED


def test_a_card_that_is_declined_is_followed_by_cash_on_the_same_order(
    visit: NewVisitor, town: Town
) -> None:
    make_terms()
    buyer = visit()
    tab = buyer.tab
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    place_order(buyer)
    pay(buyer, BAD_CARD)
    buyer.go(f"/en/orders/{Order.objects.get().token}/")

    click(buyer, re.compile("^Pay the courier ₹1,500 in cash"))
    tab.locator("#code").fill(code_sent())
    click(buyer, "Confirm the order")

    expect(tab.get_by_role("main")).to_contain_text("You pay the courier in cash")
    assert Order.objects.get().status == OrderState.CONFIRMED


def test_the_choice_the_code_and_the_sellers_page_have_no_barrier(
    visit: NewVisitor, town: Town
) -> None:
    make_terms(cash_fee=Decimal(40), prepaid_percent=Decimal(5))
    buyer, found = visit(script=True), []
    order = order_cash(town.lota)
    for path in (f"/en/orders/{order.token}/", f"/hi/orders/{order.token}/"):
        buyer.go(path)
        found += problems(buyer)
    cash = on_the_road(order)
    add_to_basket(buyer, f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    for path in ("/en/checkout/", f"/en/orders/{order.token}/"):
        buyer.go(path)
        found += problems(buyer)
    NoCashPin.objects.create(pin="226001")
    buyer.go("/en/checkout/")
    fill_address(buyer)
    expect(buyer.tab.get_by_role("radio", name=re.compile("Pay the courier"))).to_be_disabled()
    expect(buyer.tab.get_by_role("main")).to_contain_text("No courier takes cash")
    found += problems(buyer)
    seller = visit(script=True)
    seller.sign_in("meera@example.org", then="/seller/")
    seller.go(f"/seller/orders/{cash.seller_order.number}/")
    found += problems(seller)

    assert found == []
