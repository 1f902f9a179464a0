"""How many SQL queries a page makes, and a whole purchase."""

import json
import subprocess
import sys

from benchmarks.processes import BenchmarkError
from benchmarks.results import Plan, Row
from benchmarks.shops import OpenShop
from storefront.config.environment import ROOT


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """
    Return the queries of each kind of page and of a purchase.

    They are counted in a process of its own that is the shop without a web server, on the same
    database: `benchmarks.counting`.
    """
    with shop.server.connect(shop.database) as link:
        kinds = shop.shop.addresses.pages(link)
        products = shop.shop.addresses.products_of(link)
    wanted = {
        "pages": {kind.name: list(kind.paths[:3]) for kind in kinds},
        "journey": shop.shop.journey.__name__,
        "products": products[:4],
        "bank_port": shop.bank_port,
    }
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.inside", "benchmarks.counting"],
        cwd=ROOT,
        env=shop.surroundings,
        input=json.dumps(wanted),
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BenchmarkError(f"counting queries failed: {told.stderr[-2000:]}")
    counted = json.loads(told.stdout)
    rows = [
        Row(name, shop.shop.key, shop.products, queries=number, remark=counted["why"].get(name, ""))
        for name, number in counted["pages"].items()
    ]
    steps = dict(counted["steps"])
    total = Row(
        "full purchase",
        shop.shop.key,
        shop.products,
        queries=sum(steps.values()) if steps else None,
        remark=counted["why"].get("full purchase", ""),
        steps=steps,
    )
    return [*rows, total]
