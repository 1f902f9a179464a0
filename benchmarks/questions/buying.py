"""How many guests a second can buy two pieces of two sellers, from product page to thanks."""

import asyncio
from itertools import count

from benchmarks.browser import UnexpectedError
from benchmarks.results import Plan, Row, failure, pressed
from benchmarks.shops import OpenShop
from benchmarks.wire import Connection

THING = "full purchase"


class Buyer:
    """Many guests, one after the other, each with a basket and an order of their own."""

    def __init__(self, shop: OpenShop, products: list[tuple[str, int]], number: int) -> None:
        self._journey = shop.shop.journey
        self._shop = Connection(shop.port)
        self._bank = Connection(shop.bank_port)
        self._products = products
        self._next = count(number * 13)

    async def once(self) -> None:
        """Buy. Raises: UnexpectedError: a page on the way is not what it should be."""
        first = next(self._next) % len(self._products)
        second = (first + 1) % len(self._products)
        pair = self._products[first], self._products[second]
        await self._journey.buy(self._shop, self._bank, *pair)

    def close(self) -> None:
        """Hang up."""
        self._shop.close()
        self._bank.close()


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return how many whole purchases were made."""
    return asyncio.run(_buy(shop, plan))


async def _buy(shop: OpenShop, plan: Plan) -> list[Row]:
    with shop.server.connect(shop.database) as link:
        products = shop.shop.addresses.products_of(link)
    first = Buyer(shop, products, 0)
    try:
        await first.once()
    except (UnexpectedError, ConnectionError) as error:
        return [failure(shop, THING, str(error))]
    finally:
        first.close()
    return await pressed(shop, plan, THING, lambda number: Buyer(shop, products, number))
