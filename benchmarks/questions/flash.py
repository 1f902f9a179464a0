"""A flash sale: two hundred buyers order one of fifty pieces at the same moment."""

import asyncio
import time

from benchmarks.browser import UnexpectedError
from benchmarks.results import Plan, Row, failure
from benchmarks.shops import ZILA, OpenShop
from benchmarks.wire import Connection
from benchmarks.zila.api_journey import basket_of, call, order_of

THING = "flash sale, 200 for 50"
BUYERS, PIECES = 200, 50


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return how long all of them waited, and whether just fifty got a piece; Zila only."""
    return asyncio.run(_sell(shop)) if shop.shop is ZILA else []


async def _sell(shop: OpenShop) -> list[Row]:
    with shop.server.connect(shop.database) as link:
        product = shop.shop.addresses.products_of(link)[7]
        link.execute(
            "UPDATE partner_stockrecord SET num_in_stock = num_allocated + %s"
            " WHERE product_id = %s",
            [PIECES, product[1]],
        )
    buyers = [Connection(shop.port) for _ in range(BUYERS)]
    try:
        tokens = [await basket_of(buyer, product) for buyer in buyers]
        path = f"baskets/{tokens[0]}/quote"
        price = await call(buyers[0], "POST", path, {"state": "09"}, status=200)
        begin = time.perf_counter()
        told = await asyncio.gather(
            *(_order(*pair, price["total"]) for pair in zip(buyers, tokens, strict=True))
        )
        return [_row(shop, told, time.perf_counter() - begin)]
    except (UnexpectedError, ConnectionError) as error:
        return [failure(shop, THING, str(error))]
    finally:
        for buyer in buyers:
            buyer.close()


async def _order(buyer: Connection, token: str, total: dict[str, str]) -> tuple[bool, float]:
    """Return whether a buyer got a piece, and after how many milliseconds that was clear."""
    begin = time.perf_counter()
    is_mine = True
    try:
        await call(buyer, "POST", "orders", order_of(token, total), status=201)
    except UnexpectedError as refused:
        if "status 409" not in str(refused):
            raise
        is_mine = False
    return is_mine, (time.perf_counter() - begin) * 1000


def _row(shop: OpenShop, told: list[tuple[bool, float]], seconds: float) -> Row:
    taken = sorted(ms for _, ms in told)
    got = sum(is_mine for is_mine, _ in told)
    return Row(
        thing=THING,
        shop=shop.shop.key,
        products=shop.products,
        clients=BUYERS,
        rate=BUYERS / seconds,
        p50_ms=taken[BUYERS // 2],
        p95_ms=taken[BUYERS * 95 // 100],
        done=got,
        failed=0 if got == PIECES else 1,
        remark="" if got == PIECES else f"{got} of {BUYERS} got one of {PIECES}",
    )
