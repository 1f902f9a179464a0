"""How many pages a second a shop gives, and how long a visitor waits for one."""

import asyncio
from collections.abc import Sequence
from itertools import count

from benchmarks.browser import UnexpectedError, headers_for
from benchmarks.pages import Page
from benchmarks.results import Plan, Row, failure, pressed
from benchmarks.shops import OpenShop
from benchmarks.wire import Connection, Request


class Reader:
    """Somebody who reads one kind of page, another example each time."""

    def __init__(self, port: int, requests: list[bytes], number: int) -> None:
        self._connection = Connection(port)
        self._requests = requests
        # Each reader begins elsewhere, so that no two ask for the same page at the same time.
        self._next = count(number * 7)

    async def once(self) -> None:
        """Read a page. Raises: UnexpectedError: it does not come."""
        reply = await self._connection.send(self._requests[next(self._next) % len(self._requests)])
        if reply.status != 200:
            raise UnexpectedError(f"status {reply.status}")

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return rate and waiting time of each kind of page."""
    with shop.server.connect(shop.database) as link:
        kinds = shop.shop.addresses.pages(link)
    return read(shop, plan, kinds)


def read(shop: OpenShop, plan: Plan, kinds: Sequence[Page]) -> list[Row]:
    """Return rate and waiting time of these kinds of pages."""
    return [row for kind in kinds for row in asyncio.run(_read(shop, plan, kind))]


async def _read(shop: OpenShop, plan: Plan, kind: Page) -> list[Row]:
    headers = headers_for(shop.shop.journey.ORIGIN)
    requests = [Request("GET", path, headers).encoded() for path in kind.paths]
    connection = Connection(shop.port)
    try:
        for request in requests[:2]:
            kind.check(await connection.send(request))
    except (UnexpectedError, ConnectionError) as error:
        return [failure(shop, kind.name, str(error))]
    finally:
        connection.close()
    return await pressed(shop, plan, kind.name, lambda number: Reader(shop.port, requests, number))
