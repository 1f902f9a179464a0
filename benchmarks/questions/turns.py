"""
How many guests a second can buy two pieces of two sellers, the two shops taking turns.

The machine is shared, and may be half as quick a minute later. What is measured one shop after the
other therefore tells little of their ratio; in turns of seconds both meet the same machine.
"""

import asyncio
import time
from itertools import count
from statistics import median

from benchmarks.load import Point, press
from benchmarks.questions.buying import Buyer
from benchmarks.results import Plan, Row
from benchmarks.shops import ZILA, OpenShop

THING = "full purchase, in turns"
TURNS = 7
# Letters that the worker still has to send are not to be paid for by the other shop.
REST = 15.0
_WAITING = """
    SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')
"""


class _Side:
    """One of the two shops, and what its turns gave."""

    def __init__(self, shop: OpenShop) -> None:
        self.shop = shop
        self._link = shop.server.connect(shop.database)
        self._products = shop.shop.addresses.products_of(self._link)
        self._numbers = count()
        self.points: list[Point] = []
        self.spent = [0.0, 0.0, 0.0]

    def turn(self, plan: Plan, clients: int, *, seconds: float) -> None:
        """Buy for so long, note it, and let the shop come to rest."""
        before = [*self.shop.cpu_seconds(), self.shop.bank_seconds()]
        point = asyncio.run(
            press(self._buyer, clients=clients, seconds=seconds, patience=plan.patience * 3)
        )
        after = [*self.shop.cpu_seconds(), self.shop.bank_seconds()]
        self.spent = [sum(each) - old for *each, old in zip(self.spent, after, before, strict=True)]
        self.points.append(point)
        self.shop.web.must_live()
        self._rest()

    def forget(self) -> None:
        """Begin to count anew."""
        self.points, self.spent = [], [0.0, 0.0, 0.0]

    def row(self, clients: int) -> Row:
        """Return what the turns gave; the rate is that of the middle one."""
        done = sum(len(point.taken) for point in self.points)
        app, database, bank = (each * 1000 / done if done else None for each in self.spent)
        rates = [point.rate for point in self.points]
        taken = sorted(each for point in self.points for each in point.taken)
        whole = Point(clients, taken=taken)
        return Row(
            thing=THING,
            shop=self.shop.shop.key,
            products=self.shop.products,
            clients=clients,
            rate=median(rates),
            p50_ms=whole.percentile(50),
            p95_ms=whole.percentile(95),
            app_ms=app,
            db_ms=database,
            bank_ms=bank,
            done=done,
            failed=sum(point.failed for point in self.points),
            unanswered=sum(point.unanswered for point in self.points),
            remark=next((point.why for point in self.points if point.why), ""),
            rates=rates,
        )

    def close(self) -> None:
        """Hang up."""
        self._link.close()

    def _buyer(self, _: int) -> Buyer:
        """Return a buyer who begins at other products than all before."""
        number = next(self._numbers)
        return Buyer(self.shop, self.shop.shop.journey.buy, self._products, number)

    def _rest(self) -> None:
        if self.shop.shop is not ZILA:
            return
        ends = time.monotonic() + REST
        while self._link.execute(_WAITING).fetchone() != (0,) and time.monotonic() < ends:
            time.sleep(0.1)


def ask(here: OpenShop, other: OpenShop, plan: Plan) -> list[Row]:
    """Let both shops sell in turns, each first as often as second."""
    sides = [_Side(here), _Side(other)]
    rows = []
    try:
        for clients in plan.clients:
            for side in sides:
                side.turn(plan, clients, seconds=plan.warm_seconds)
                side.forget()
            for number in range(TURNS):
                for side in sides[:: -1 if number % 2 else 1]:
                    side.turn(plan, clients, seconds=plan.seconds / 2)
            rows += [side.row(clients) for side in sides]
    finally:
        for side in sides:
            side.close()
    return rows
