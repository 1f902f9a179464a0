"""How many guests a second can buy two pieces of two sellers, from product page to thanks."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

from benchmarks.browser import UnexpectedError
from benchmarks.results import Plan, Row, failure, pressed
from benchmarks.shops import ZILA, OpenShop
from benchmarks.wire import Connection
from benchmarks.zila import api_journey

THING, BY_API = "full purchase", "full purchase, API"
Buy = Callable[..., Awaitable[None]]


class Buyer:
    """Many guests, one after the other, each with a basket and an order of their own."""

    def __init__(
        self, shop: OpenShop, buy: Buy, products: list[tuple[str, int]], number: int
    ) -> None:
        self._buy = buy
        self._shop = Connection(shop.port)
        self._bank = Connection(shop.bank_port)
        self._products = products
        self._next = count(number * 13)

    async def once(self) -> None:
        """Buy. Raises: UnexpectedError: a page on the way is not what it should be."""
        first = next(self._next) % len(self._products)
        second = (first + 1) % len(self._products)
        pair = self._products[first], self._products[second]
        await self._buy(self._shop, self._bank, *pair)

    def close(self) -> None:
        """Hang up."""
        self._shop.close()
        self._bank.close()


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return how many whole purchases were made, page by page, and by the API if there is one."""
    rows = asyncio.run(_buy(shop, plan, THING, shop.shop.journey.buy))
    if shop.shop is ZILA:
        rows += asyncio.run(_buy(shop, plan, BY_API, api_journey.buy))
    return rows


async def _buy(shop: OpenShop, plan: Plan, thing: str, buy: Buy) -> list[Row]:
    with shop.server.connect(shop.database) as link:
        products = shop.shop.addresses.products_of(link)
    first = Buyer(shop, buy, products, 0)
    try:
        await first.once()
    except (UnexpectedError, ConnectionError) as error:
        return [failure(shop, thing, str(error))]
    finally:
        first.close()
    return await pressed(shop, plan, thing, lambda number: Buyer(shop, buy, products, number))
