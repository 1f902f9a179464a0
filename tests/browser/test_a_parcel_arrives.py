"""A buyer says on a small phone, without script, that a parcel has arrived."""

from playwright.sync_api import expect

from storefront.order.models import Order
from tests.browser.barriers import problems
from tests.browser.conftest import NewVisitor
from tests.browser.screens import DESKTOP, PHONE
from tests.browser.town import Town
from tests.factories.orders import make_order, make_shipped, part_of


def send_one_of_two(town: Town) -> Order:
    """Let the lota leave; the stole is still to be packed."""
    order = make_order(town.lota, town.stole)
    make_shipped(part_of(order, town.brass))
    return order


def test_a_buyer_says_that_a_parcel_has_arrived_without_script(
    visit: NewVisitor, town: Town
) -> None:
    order, buyer = send_one_of_two(town), visit()
    buyer.go(f"/en/orders/{order.token}/")
    buyer.tab.get_by_role("button", name="It has arrived").click()

    expect(buyer.tab.get_by_role("main")).to_contain_text("Thank you for telling us.")
    expect(buyer.tab.get_by_role("button", name="It has arrived")).to_have_count(0)
    buyer.assert_fits()
    assert part_of(order, town.brass).state == "delivered"


def test_the_way_to_say_it_and_the_day_at_the_desk_have_no_barrier(
    visit: NewVisitor, town: Town
) -> None:
    order = send_one_of_two(town)
    found = []
    for size, language in ((PHONE, "hi"), (DESKTOP, "en")):
        buyer = visit(size, script=True)
        buyer.go(f"/{language}/orders/{order.token}/")
        buyer.assert_fits()
        found += problems(buyer)
    seller = visit(script=True)
    seller.sign_in("meera@example.org", then="/seller/")
    seller.go(f"/seller/orders/{part_of(order, town.brass).number}/")
    expect(seller.tab.get_by_role("main")).to_contain_text("if the buyer says nothing")
    seller.assert_fits()
    found += problems(seller)

    assert found == []
