"""How much memory the web server's processes hold, after all that was asked before."""

from benchmarks.results import Plan, Row
from benchmarks.shops import OpenShop


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return the resident memory of both workers and their parent, added up."""
    megabytes = shop.web.resident_bytes() / 1_000_000
    return [Row("web memory", shop.shop.key, shop.products, megabytes=megabytes)]
