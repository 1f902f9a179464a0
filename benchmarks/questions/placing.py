"""How many orders a second the placing service writes, and how many the database could take."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.processes import BenchmarkError
from benchmarks.results import Plan, Row
from benchmarks.shops import ZILA, OpenShop
from storefront.config.environment import ROOT

AT_ONCE = 2
# So many orders in a second of the plan and a process, whether it takes as long or not.
ORDERS_A_SECOND = 150
ROWS_A_SECOND = 500
# Sold by each of the two before it is measured, and told to PostgreSQL's planner. Of a shop that
# never sold anything it thinks that reading a table is quicker than looking into its index, and
# each of an order's foreign keys reads all orders so far until it looks again, a minute later.
SOLD_BEFORE = 500
PLACING, ROWS = "placing service", "the same rows, psycopg"


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return the rate of two processes that place orders, and of two that only write rows."""
    if shop.shop is not ZILA:
        return []
    _measure(shop, PLACING, "placing", SOLD_BEFORE)
    with shop.server.connect(shop.database) as link:
        link.execute("ANALYZE")
    return [
        _measure(shop, PLACING, "placing", round(plan.seconds * ORDERS_A_SECOND)),
        _measure(shop, ROWS, "rows", round(plan.seconds * ROWS_A_SECOND)),
    ]


def _measure(shop: OpenShop, thing: str, module: str, number: int) -> Row:
    command = [sys.executable, "-m", "benchmarks.inside", f"benchmarks.zila.{module}", str(number)]
    processes = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=shop.surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(AT_ONCE)
    ]
    for each in processes:
        if _out(each).readline() != "ready\n":
            raise BenchmarkError(f"{thing}: {each.communicate()[1][-2000:]}")
    told = [_result(each) for each in _all_begin(processes)]
    taken = sorted(ms for each in told for ms in each["taken"])
    return Row(
        thing=thing,
        shop=shop.shop.key,
        products=shop.products,
        clients=AT_ONCE,
        rate=sum(len(each["taken"]) / each["seconds"] for each in told),
        p50_ms=taken[len(taken) // 2],
        p95_ms=taken[len(taken) * 95 // 100],
        done=len(taken),
    )


def _all_begin(
    processes: "list[subprocess.Popen[str]]",
) -> "list[subprocess.Popen[str]]":
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    return processes


def _result(process: "subprocess.Popen[str]") -> Any:
    out, errors = process.communicate()
    if process.returncode:
        raise BenchmarkError(errors[-2000:])
    return json.loads(out)


def _out(process: "subprocess.Popen[str]") -> Any:
    assert process.stdout is not None
    return process.stdout
