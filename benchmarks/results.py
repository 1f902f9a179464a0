"""What was measured, as rows."""

from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.load import CLIENTS, Client, Point, press
from benchmarks.shops import OpenShop


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to press. Times in seconds."""

    seconds: float
    warm_seconds: float
    patience: float
    clients: tuple[int, ...] = CLIENTS


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, or one point of load. `app_ms` and `db_ms` are processor time for each thing."""

    thing: str
    shop: str
    products: int
    clients: int = 0
    rate: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    app_ms: float | None = None
    db_ms: float | None = None
    # Of the offline Stripe, which is no part of the shop but uses the same processors
    bank_ms: float | None = None
    done: int = 0
    failed: int = 0
    unanswered: int = 0
    queries: int | None = None
    megabytes: float | None = None
    remark: str = ""
    # Of what was measured in turns: the rate of each.
    rates: list[float] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)


async def pressed(
    shop: OpenShop, plan: Plan, thing: str, make: Callable[[int], Client]
) -> list[Row]:
    """Press a shop with more and more clients, until one thing alone takes longer than a point."""
    await press(make, clients=2, seconds=plan.warm_seconds, patience=plan.patience)
    rows: list[Row] = []
    for clients in plan.clients:
        app, database = shop.cpu_seconds()
        bank = shop.bank_seconds()
        point = await press(make, clients=clients, seconds=plan.seconds, patience=plan.patience)
        app_after, database_after = shop.cpu_seconds()
        spent = (app_after - app, database_after - database, shop.bank_seconds() - bank)
        rows.append(_row(shop, thing, point, *spent))
        shop.web.must_live()
        # More clients would only wait in a longer line, which outlives the run.
        if point.unanswered or (point.percentile(50) or 0) > plan.seconds * 1000:
            break
    return rows


def _row(shop: OpenShop, thing: str, point: Point, app: float, database: float, bank: float) -> Row:
    done = len(point.taken)
    return Row(
        thing=thing,
        shop=shop.shop.key,
        products=shop.products,
        clients=point.clients,
        rate=point.rate,
        p50_ms=point.percentile(50),
        p95_ms=point.percentile(95),
        app_ms=app * 1000 / done if done else None,
        db_ms=database * 1000 / done if done else None,
        bank_ms=bank * 1000 / done if done and bank else None,
        done=done,
        failed=point.failed,
        unanswered=point.unanswered,
        remark=point.why,
    )


def failure(shop: OpenShop, thing: str, why: str) -> Row:
    """Return the row of something that could not be measured."""
    return Row(thing=thing, shop=shop.shop.key, products=shop.products, failed=1, remark=why)
