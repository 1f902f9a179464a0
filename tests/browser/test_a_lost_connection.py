"""On the train the connection is gone: what was seen stays readable, and nothing is lost."""

from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.purchase import click
from tests.browser.town import Town

WORKER_IS_THERE = """new Promise((done, fail) => {
  const { serviceWorker } = navigator
  setTimeout(() => fail(new Error("no worker came")), 8000)
  if (serviceWorker.controller) done()
  serviceWorker.addEventListener("controllerchange", () => done())
})"""


def test_a_buyer_reads_on_without_a_connection(visit: NewVisitor, town: Town) -> None:
    buyer = visit(script=True)
    tab = buyer.tab
    buyer.go("/en/")
    tab.evaluate(WORKER_IS_THERE)
    buyer.go("/en/shop/")
    click(buyer, "Brass lota", "link")
    address = tab.url
    click(buyer, "Add to basket")
    expect(tab.get_by_role("main")).to_contain_text("Brass lota")

    tab.context.set_offline(True)
    tab.goto(f"{buyer.origin}/en/basket/")
    expect(tab.get_by_role("main")).to_contain_text("Brass lota")
    expect(tab.get_by_text("You are offline.")).to_be_visible()
    tab.goto(address)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Brass lota")

    # A page never seen, and a person's own: what was seen last instead.
    tab.goto(f"{buyer.origin}/en/checkout/")
    expect(tab.get_by_role("heading", level=1)).to_have_text("No connection")
    buyer.assert_fits()
    tab.get_by_role("link", name="Brass lota").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Brass lota")

    # A form that cannot be sent says so, and works again when the connection is back.
    tab.get_by_role("button", name="Add to basket").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("No connection")
    tab.context.set_offline(False)
    tab.goto(f"{buyer.origin}/en/basket/")
    expect(tab.get_by_role("main")).to_contain_text("Brass lota")
    expect(tab.get_by_text("You are offline.")).to_be_hidden()
