"""A guest's purchase in Zila by the API alone, as another front end does it."""

import json
import re
import secrets
from itertools import count
from typing import Any

from benchmarks.browser import UnexpectedError, headers_for
from benchmarks.wire import Request, Transport
from benchmarks.zila import journey
from benchmarks.zila.journey import Product, somebody

SESSION = re.compile(r"cs_\w+")
ADDRESS = {"line1": "12 Hazratganj", "town": "Lucknow", "pin": "226001", "state": "09"}
# Another run may meet the orders of this one.
_RUN = secrets.token_hex(4)
_keys = count(1)


async def buy(shop: Transport, bank: Transport, first: Product, second: Product) -> None:
    """
    Make a basket, add two of two sellers, ask the price, order, pay, see it confirmed.

    Raises:
        UnexpectedError: an answer is not what it should be.
    """
    token = await basket_of(shop, first, second)
    price = await call(shop, "POST", f"baskets/{token}/quote", {"state": "09"}, status=200)
    order = await call(shop, "POST", "orders", order_of(token, price["total"]), status=201)
    session = SESSION.search(order["payment"]["url"])
    assert session is not None
    body = json.dumps({"session": session[0]}).encode()
    sent = {"Host": "127.0.0.1", "Content-Type": "application/json"}
    paid = await bank.ask(Request("POST", "/_t/pay", sent, body))
    # The buyer's browser comes back to the shop, which looks at the provider then.
    back = str(json.loads(paid.body)["redirect"]).removeprefix(journey.ORIGIN)
    await shop.ask(Request("GET", back, headers_for(journey.ORIGIN)))
    seen = await call(shop, "GET", f"orders/{order['token']}", None, status=200)
    if seen["state"] != "confirmed":
        raise UnexpectedError(f"the order is {seen['state']}")


async def basket_of(shop: Transport, *products: Product) -> str:
    """Return the token of a new basket with one piece of each product."""
    basket = await call(shop, "POST", "baskets", {}, status=201)
    for _, number in products:
        line = {"product_id": number, "quantity": 1}
        await call(shop, "POST", f"baskets/{basket['token']}/lines", line, status=201)
    return str(basket["token"])


def order_of(token: str, total: dict[str, str]) -> dict[str, Any]:
    """Return the body that orders a basket at a price."""
    return {
        "basket_token": token,
        "contact": {"name": "Asha Verma"} | somebody(),
        "address": ADDRESS,
        "expected_total": total,
    }


async def call(
    shop: Transport, method: str, path: str, body: dict[str, Any] | None, *, status: int
) -> Any:
    """Return the JSON of an answer. Raises: UnexpectedError: another status."""
    headers = headers_for(journey.ORIGIN) | {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "Idempotency-Key": f"bench-{_RUN}-{next(_keys)}",
    }
    sent = b"" if body is None else json.dumps(body).encode()
    reply = await shop.ask(Request(method, f"/api/v1/{path}", headers, sent))
    if reply.status != status:
        raise UnexpectedError(f"{method} {path}: status {reply.status} {reply.text[-200:]}")
    return json.loads(reply.body)
