"""A guest's purchase in Zila, page by page, as a browser does it."""

import json
import re
from itertools import count

from benchmarks.browser import Browser, UnexpectedError, expect, hidden_fields
from benchmarks.wire import Request, Transport

ORIGIN = "http://127.0.0.1:8000"
ADD = "/en/basket/add/"
_SESSION = re.compile(r"cs_\w+")
GUEST = {
    "email": "asha@example.org",
    "phone": "98765 43210",
    "name": "Asha Verma",
    "postcode": "226001",
    "state": "09",
    "line1": "12 Hazratganj",
    "line2": "",
    "town": "Lucknow",
}
Product = tuple[str, int]
_buyers = count(1)


def somebody() -> dict[str, str]:
    """Return the e-mail and phone of another buyer each time: the shop counts what one does."""
    number = next(_buyers)
    return {"email": f"asha{number}@example.org", "phone": f"98{number % 100_000_000:08d}"}


async def add(shop: Transport, product: Product, known: dict[str, str]) -> None:
    """Put one piece into the basket of somebody who comes for the first time."""
    browser = Browser(shop, ORIGIN)
    browser.cookies |= known
    reply = await shop.ask(browser.form(ADD, {"product_id": product[1], "quantity": 1}))
    if reply.status != 302 or not reply.location.endswith("/basket/"):
        raise UnexpectedError(f"adding: status {reply.status} to {reply.location}")


async def acquaint(shop: Transport, product: Product) -> dict[str, str]:
    """Return the cookies a visitor needs before adding: none, the form is on public pages."""
    return {}


async def buy(shop: Transport, bank: Transport, first: Product, second: Product) -> None:
    """
    Look at a product, add two of two sellers, look at the basket, order, pay, see it confirmed.

    Raises:
        UnexpectedError: a page is not what it should be.
    """
    browser = Browser(shop, ORIGIN)
    expect(await browser.get(first[0]), shows=ADD, step="product")
    for _, number in (first, second):
        added = await browser.post(ADD, {"product_id": number, "quantity": 1})
        expect(added, shows="/en/checkout/", step="basket")
    form = expect(await browser.get("/en/checkout/"), shows="expected_total", step="checkout")
    placed = await browser.post("/en/checkout/", hidden_fields(form) | GUEST | somebody())
    session = _SESSION.search(placed.location)
    if session is None:
        raise UnexpectedError(f"placing: status {placed.status}, no payment page")
    paid = await bank.ask(_payment(session[0]))
    back = str(json.loads(paid.body)["redirect"])
    shown = await browser.get(back.removeprefix(ORIGIN))
    expect(shown, shows="your order is confirmed", step="confirmation")


def _payment(session: str) -> Request:
    body = json.dumps({"session": session}).encode()
    headers = {"Host": "127.0.0.1", "Content-Type": "application/json"}
    return Request("POST", "/_t/pay", headers, body)
