"""How many visitors a second can put a first piece into a basket."""

import asyncio
from itertools import count

from benchmarks.browser import UnexpectedError
from benchmarks.results import Plan, Row, failure, pressed
from benchmarks.shops import OpenShop
from benchmarks.wire import Connection

THING = "add to basket"


class Adder:
    """Many visitors, one after the other: each adds a piece and is not seen again."""

    def __init__(self, shop: OpenShop, products: list[tuple[str, int]], number: int) -> None:
        self._journey = shop.shop.journey
        self._connection = Connection(shop.port)
        self._products = products
        self._known: dict[str, str] | None = None
        self._next = count(number * 11)

    async def once(self) -> None:
        """Add a piece. Raises: UnexpectedError: it is not in a basket then."""
        product = self._products[next(self._next) % len(self._products)]
        if self._known is None:
            self._known = await self._journey.acquaint(self._connection, product)
        await self._journey.add(self._connection, product, self._known)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return how often a piece was put into a new basket."""
    return asyncio.run(_add(shop, plan))


async def _add(shop: OpenShop, plan: Plan) -> list[Row]:
    with shop.server.connect(shop.database) as link:
        products = shop.shop.addresses.products_of(link)
    first = Adder(shop, products, 0)
    try:
        await first.once()
    except (UnexpectedError, ConnectionError) as error:
        return [failure(shop, THING, str(error))]
    finally:
        first.close()
    return await pressed(shop, plan, THING, lambda number: Adder(shop, products, number))
