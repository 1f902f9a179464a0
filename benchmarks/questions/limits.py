"""The most this machine could do, with a client that shares its processors."""

import asyncio
import os
import time
from pathlib import Path

from benchmarks.load import press
from benchmarks.processes import free_port, web_server
from benchmarks.questions.pages import Reader
from benchmarks.results import Plan, Row
from benchmarks.wire import Request
from storefront.config.up.plan import MARK

FILE_BYTES = 75_000  # as much as the view returns
YARDSTICKS = {"bare Django view": "/page/", "static file": "/files/page.html"}


def ask(plan: Plan, run: Path) -> list[Row]:
    """Return the rates of a view that does nothing, and of a file the server itself gives."""
    folder = run.parent / "yardsticks"
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_bytes(b"<p>craft</p>\n" * (FILE_BYTES // 13))
    surroundings = os.environ | {
        "DJANGO_SECRET_KEY": "for-benchmarks-only-" + "0" * 40,
        MARK: str(run.parent),
    }
    port = free_port()
    with web_server(
        "yardsticks-web",
        "benchmarks.yardsticks.wsgi:application",
        surroundings=surroundings,
        run=run,
        port=port,
        more=("--static-path-route", "/files", "--static-path-mount", str(folder)),
    ) as web:
        rows: list[Row] = []
        for thing, path in YARDSTICKS.items():
            rows += asyncio.run(_press(thing, path, port, plan))
            web.must_live()
    return rows


async def _press(thing: str, path: str, port: int, plan: Plan) -> list[Row]:
    requests = [Request("GET", path, {"Host": "127.0.0.1"}).encoded()]

    def reader(number: int) -> Reader:
        return Reader(port, requests, number)

    await press(reader, clients=2, seconds=plan.warm_seconds, patience=plan.patience)
    rows: list[Row] = []
    for clients in plan.clients:
        spent = time.process_time()
        point = await press(reader, clients=clients, seconds=plan.seconds, patience=plan.patience)
        share = (time.process_time() - spent) / point.seconds
        rows.append(
            Row(
                thing=thing,
                shop="machine",
                products=0,
                clients=clients,
                rate=point.rate,
                p50_ms=point.percentile(50),
                p95_ms=point.percentile(95),
                done=len(point.taken),
                failed=point.failed,
                remark=f"the client alone used {share:.0%} of a core",
            )
        )
    return rows
