"""Staff's dashboard is Oscar's, in a browser: its scripts run, and nothing comes from elsewhere."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, NewVisitor
from tests.browser.purchase import click
from tests.browser.town import Town
from tests.factories.orders import make_order


def test_staff_find_an_order_and_the_way_back_to_the_shop(visit: NewVisitor, town: Town) -> None:
    order = make_order(town.lota, town.stole)
    staff = visit(DESKTOP, script=True)
    staff.sign_in("staff@example.org", then="/dashboard/")
    staff.assert_fits()
    staff.go("/dashboard/orders/")
    staff.tab.get_by_role("link", name=order.number, exact=True).click()

    expect(staff.tab.locator("body")).to_contain_text("Banarasi stole")
    staff.tab.get_by_role("link", name="The shop").click()
    expect(staff.tab).to_have_url(f"{staff.origin}/en/")


@pytest.mark.parametrize(
    "section", ["catalogue/", "partners/", "offers/", "vouchers/", "reports/", "reviews/", "users/"]
)
def test_a_section_opens_for_staff(visit: NewVisitor, town: Town, section: str) -> None:
    staff = visit(DESKTOP, script=True)
    staff.sign_in("staff@example.org", then=f"/dashboard/{section}")

    expect(staff.tab.get_by_role("heading", level=1)).to_be_visible()
