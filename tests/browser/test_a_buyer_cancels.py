"""A piece is cancelled: by the buyer on a small phone without script, and by the seller."""

from playwright.sync_api import expect

from fixtures.stripe_double.runner import OfflineStripe
from storefront.basket import services as baskets
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.payment import services as payment
from storefront.payment.models import Refund
from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town
from tests.factories.orders import part_of
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.payment.faults.money import pay


def buy(double: OfflineStripe, town: Town) -> Placed:
    """Two lotas for ₹1,450 and a stole for ₹3,800, paid."""
    make_post()
    basket = make_basket(town.lota, quantity=2)
    baskets.add(basket, product_id=town.stole.pk, quantity=1)
    placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now())
    assert placed.attempt is not None
    payment.open_page(placed.attempt)
    return pay(double, placed)


def test_a_buyer_cancels_one_of_two_without_script(
    visit: NewVisitor, town: Town, stripe_process: OfflineStripe
) -> None:
    placed = buy(stripe_process, town)
    buyer = visit()
    buyer.go(f"/en/orders/{placed.order.token}/")
    buyer.assert_fits()
    buyer.tab.get_by_role("link", name="Cancel pieces of this order").click()
    buyer.assert_fits()
    buyer.tab.get_by_label("Brass lota").select_option("Cancel 1 piece")
    buyer.tab.get_by_label("Why?").select_option("I ordered by mistake")
    buyer.tab.get_by_role("button", name="See what comes back").click()

    expect(buyer.tab.get_by_role("heading", level=1)).to_have_text("This comes back to you")
    expect(buyer.tab.get_by_role("main")).to_contain_text("1 × Brass lota")
    buyer.assert_fits()
    buyer.tab.get_by_role("button", name="Cancel these pieces").click()

    expect(buyer.tab.get_by_role("main")).to_contain_text("It is cancelled.")
    expect(buyer.tab.get_by_role("main")).to_contain_text("1 piece cancelled")
    expect(buyer.tab.get_by_role("main")).to_contain_text("On its way since")
    buyer.assert_fits()
    assert Refund.objects.get().amount_paise == 145_000


def test_the_ways_to_cancel_have_no_barrier(
    visit: NewVisitor, town: Town, stripe_process: OfflineStripe
) -> None:
    order = buy(stripe_process, town).order
    line = order.lines.get(product=town.lota).pk
    found = []
    for size, language in ((PHONE, "hi"), (DESKTOP, "en")):
        buyer = visit(size, script=True)
        here = f"/{language}/orders/{order.token}/"
        for path in (here, f"{here}cancel/", f"{here}cancel/?line-{line}=1&why=mistake"):
            buyer.go(path)
            buyer.assert_fits()
            found += problems(buyer)
    seller = visit(script=True)
    seller.sign_in("meera@example.org", then="/seller/")
    desk = f"/seller/orders/{part_of(order, town.brass).number}/"
    for path in (desk, f"{desk}cancel/", f"{desk}cancel/?line-{line}=1&why=broken"):
        seller.go(path)
        seller.assert_fits()
        found += problems(seller)

    assert found == []
