"""How many pages a second the shop gives when it may keep them for some seconds."""

from dataclasses import replace

from benchmarks.processes import free_port, web_server
from benchmarks.questions.pages import read
from benchmarks.results import Plan, Row
from benchmarks.shops import ZILA, OpenShop

# Longer than a press, and few pages: what is measured is a page that is there.
KEPT_SECONDS = "60"
EXAMPLES = 8
KINDS = ("home", "list", "product", "story")


def ask(shop: OpenShop, plan: Plan) -> list[Row]:
    """Return the same as for pages, from a web server of its own that keeps them; Zila only."""
    if shop.shop is not ZILA:
        return []
    port = free_port()
    surroundings = shop.surroundings | {"PAGES_KEPT_SECONDS": KEPT_SECONDS}
    with web_server(
        "zila-kept-web",
        shop.shop.application,
        surroundings=surroundings,
        run=shop.run,
        port=port,
    ) as web:
        keeping = replace(shop, web=web, port=port)
        with shop.server.connect(shop.database) as link:
            kinds = [kind for kind in shop.shop.addresses.pages(link) if kind.name in KINDS]
        kinds = [
            replace(kind, name=f"{kind.name}, kept", paths=kind.paths[:EXAMPLES]) for kind in kinds
        ]
        return read(keeping, plan, kinds)
