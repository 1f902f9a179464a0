"""
Place prepared baskets as fast as the service goes, without web server and network.

`python -m benchmarks.inside benchmarks.zila.placing NUMBER` prepares so many baskets of two pieces
of two sellers, says so, and begins when it reads a line; it answers with JSON.
"""

import json
import sys
import time
from decimal import Decimal
from os import getpid

from django.db.models import F
from django.utils.translation import activate

from storefront.atlas.models import State
from storefront.basket.models import Basket, Line
from storefront.checkout.services import place_order
from storefront.core.clock import now
from storefront.order.services import Buyer, Where
from storefront.partner.models import StockRecord

# Placed before it counts: PostgreSQL makes a plan anew for the first five of each statement.
WARMING = 50


def main(words: list[str]) -> None:
    """Prepare, wait, place."""
    activate("en")  # as it is in every request
    baskets = prepared(int(words[0]) + WARMING)
    buyers = [_buyer(State.objects.get(pk="09"), number) for number in range(len(baskets))]
    for _ in range(WARMING):
        place_order(baskets.pop(), buyer=buyers.pop(), expected_total=None, now=now())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    taken = []
    begin = time.perf_counter()
    for basket, buyer in zip(baskets, buyers, strict=True):
        before = time.perf_counter()
        place_order(basket, buyer=buyer, expected_total=None, now=now())
        taken.append((time.perf_counter() - before) * 1000)
    json.dump({"seconds": time.perf_counter() - begin, "taken": taken}, sys.stdout)


def _buyer(state: State, number: int) -> Buyer:
    """Return another buyer each time, and in each process."""
    where = Where(
        name="Asha Verma",
        phone=f"+9198{(getpid() * 10_000 + number) % 100_000_000:08d}",
        line1="12 Hazratganj",
        line2="",
        town="Lucknow",
        pin="226001",
        state=state,
    )
    return Buyer(f"asha{number}.{getpid()}@example.org", where, "en")


def prepared(number: int) -> list[Basket]:
    """Write so many baskets, each with one piece of two sellers, spread over the catalogue."""
    records = list(StockRecord.objects.order_by("?")[: min(number * 2, 2000)])
    enough = StockRecord.objects.filter(pk__in=[record.pk for record in records])
    enough.update(num_in_stock=F("num_in_stock") + 1_000_000)
    baskets = Basket.objects.bulk_create(Basket() for _ in range(number))
    lines = []
    for index, basket in enumerate(baskets):
        at = index * 2 % len(records)
        first, *rest = records[at:] + records[:at]
        other = next(record for record in rest if record.partner_id != first.partner_id)
        lines += [_line(basket, first), _line(basket, other)]
    Line.objects.bulk_create(lines)
    return baskets


def _line(basket: Basket, record: StockRecord) -> Line:
    return Line(
        basket=basket,
        product_id=record.product_id,
        stockrecord=record,
        line_reference=str(record.pk),
        quantity=1,
        price_currency="INR",
        price_incl_tax=Decimal(record.price),
    )
