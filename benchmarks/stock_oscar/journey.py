"""A guest's purchase in stock Oscar, page by page, as a browser does it; nobody asks for money."""

from benchmarks.browser import Browser, UnexpectedError, expect, hidden_fields
from benchmarks.wire import Transport

ORIGIN = "http://127.0.0.1:8000"
TOKEN = "csrfmiddlewaretoken"
ADDRESS = {
    "first_name": "Asha",
    "last_name": "Verma",
    "line1": "12 Hazratganj",
    "line4": "Lucknow",
    "state": "Uttar Pradesh",
    "postcode": "226001",
    "phone_number": "+919876543210",
}
Product = tuple[str, int]


async def add(shop: Transport, product: Product, known: dict[str, str]) -> None:
    """Put one piece into the basket of somebody without a basket."""
    browser = Browser(shop, ORIGIN)
    browser.cookies |= known
    form = {"quantity": 1, TOKEN: known["csrftoken"]}
    reply = await shop.ask(browser.form(_add(product), form))
    if reply.status != 302 or "oscar_open_basket" not in "".join(reply.all("set-cookie")):
        raise UnexpectedError(f"adding: status {reply.status} to {reply.location}")


async def acquaint(shop: Transport, product: Product) -> dict[str, str]:
    """Return the cookie against forgery that a look at a product gives."""
    browser = Browser(shop, ORIGIN)
    expect(await browser.get(product[0]), shows="add_to_basket_form", step="product")
    return {"csrftoken": browser.cookies["csrftoken"]}


async def buy(shop: Transport, bank: Transport, first: Product, second: Product) -> None:
    """
    Look at a product, add two, basket, guest gateway, address, delivery, preview, place, thanks.

    Raises:
        UnexpectedError: a page is not what it should be.
    """
    browser = Browser(shop, ORIGIN)
    page = expect(await browser.get(first[0]), shows="add_to_basket_form", step="product")
    for product in (first, second):
        token = {TOKEN: hidden_fields(page)[TOKEN]}
        page = await browser.post(_add(product), {"quantity": 1} | token)
        expect(page, shows="add_to_basket_form", step="adding")
    expect(await browser.get("/basket/"), shows="basket_formset", step="basket")
    page = expect(await browser.get("/checkout/"), shows="username", step="gateway")
    guest = {"username": "asha@example.org", "options": "anonymous"}
    page = await browser.post("/checkout/", hidden_fields(page) | guest)
    expect(page, shows="phone_number", step="address")
    page = await browser.post("/checkout/shipping-address/", hidden_fields(page) | ADDRESS)
    expect(page, shows="view_preview", step="delivery")
    page = expect(await browser.get("/checkout/preview/"), shows="place_order", step="preview")
    token = {TOKEN: hidden_fields(page)[TOKEN]}
    page = await browser.post("/checkout/preview/", {"action": "place_order"} | token)
    if browser.page != "/checkout/thank-you/" or page.status != 200:
        raise UnexpectedError(f"placing: status {page.status} at {browser.page}")


def _add(product: Product) -> str:
    return f"/basket/add/{product[1]}/"
