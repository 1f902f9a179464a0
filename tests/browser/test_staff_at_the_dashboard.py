"""Staff's dashboard is Oscar's, in a browser: its scripts run, and nothing comes from elsewhere."""

from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.screens import DESKTOP
from tests.browser.town import Town
from tests.dashboard.lists import opens_oscars_lists
from tests.factories.orders import make_order

pytestmark = opens_oscars_lists


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


def test_the_sections_open_for_staff(visit: NewVisitor, town: Town) -> None:
    staff = visit(DESKTOP, script=True)
    staff.sign_in("staff@example.org", then="/dashboard/catalogue/")
    for section in ("partners", "offers", "vouchers", "ranges", "reports", "reviews", "users"):
        staff.go(f"/dashboard/{section}/")
        expect(staff.tab.get_by_role("heading", level=1)).to_be_visible()
