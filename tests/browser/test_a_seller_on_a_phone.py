"""The seller's job on a phone without JavaScript: pack, send, keep stock and price true."""

from django.core import mail
from playwright.sync_api import Page, expect

from storefront.order.models import Order
from storefront.order.rules import SellerOrderState
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.purchase import click
from tests.browser.town import Town
from tests.factories.catalogue import stock_record
from tests.factories.orders import make_order, part_of


def missing(visitor: Visitor, path: str) -> bool:
    """Tell whether the desk says that there is no such page."""
    answer = visitor.tab.goto(f"{visitor.origin}{path}")
    return answer is not None and answer.status == 404


def test_a_seller_packs_and_sends_only_the_own_part(visit: NewVisitor, town: Town) -> None:
    order = make_order(town.lota, town.stole)
    seller, tab = sit_down(visit, "meera@example.org")
    mail.outbox.clear()
    seller.assert_fits()
    expect(tab.get_by_role("main")).to_contain_text("Brass lota")
    expect(tab.get_by_role("main")).not_to_contain_text("Banarasi stole")
    click(seller, "1 × Brass lota", "link")
    seller.assert_fits()
    expect(tab.get_by_role("main")).to_contain_text("12 Hazratganj")
    expect(tab.get_by_role("main")).not_to_contain_text("Banarasi stole")
    click(seller, "Mark as packed")
    expect(tab.get_by_role("status")).to_contain_text("Packed")
    click(seller, "Mark as sent")
    expect(tab.get_by_role("alert")).to_contain_text("Tracking number: This field is required")
    seller.assert_fits()
    tab.get_by_label("Carrier").fill("India Post")
    tab.get_by_label("Tracking number").fill("EU 123 456 789 IN")
    click(seller, "Mark as sent")

    expect(tab.get_by_role("main")).to_contain_text("EU123456789IN")
    assert part_of(order, town.brass).state == SellerOrderState.SHIPPED
    assert part_of(order, town.silk).state == SellerOrderState.ACCEPTED
    [packed, sent] = mail.outbox
    assert packed.to == sent.to == [Order.objects.get().email]


def test_a_seller_changes_stock_and_price_and_the_shop_shows_it(
    visit: NewVisitor, town: Town
) -> None:
    seller, tab = sit_down(visit, "meera@example.org")
    tab.get_by_role("link", name="Products").last.click()
    seller.assert_fits()
    click(seller, "Brass lota", "link")
    seller.assert_fits()
    tab.get_by_label("Free to sell").fill("2")
    tab.get_by_label("Price in ₹, GST included").fill("1,600")
    click(seller, "Save")
    expect(tab.get_by_role("status")).to_contain_text("2 pieces are free, at ₹1,600")
    seller.assert_fits()
    click(seller, "Undo: 5 pieces at ₹1,450 again")
    expect(tab.get_by_role("status")).to_contain_text("5 pieces are free, at ₹1,450")
    click(seller, "Undo: 2 pieces at ₹1,600 again")

    buyer = visit()
    buyer.go(f"/en/shop/{town.lota.slug}-{town.lota.pk}/")
    expect(buyer.tab.get_by_role("main")).to_contain_text("₹1,600")
    expect(buyer.tab.get_by_role("main")).to_contain_text("Only 2 left")
    assert stock_record(town.lota).free == 2


def test_another_sellers_things_are_not_to_be_found(visit: NewVisitor, town: Town) -> None:
    order = make_order(town.lota)
    seller, _ = sit_down(visit, "salim@example.org")

    assert missing(seller, f"/seller/orders/{part_of(order, town.brass).number}/")
    assert missing(seller, f"/seller/products/{stock_record(town.lota).pk}/")
    assert not missing(seller, f"/seller/products/{stock_record(town.stole).pk}/")


def sit_down(visit: NewVisitor, email: str) -> tuple[Visitor, Page]:
    """Sign a seller in at the desk."""
    seller = visit()
    seller.sign_in(email, then="/seller/")
    return seller, seller.tab
