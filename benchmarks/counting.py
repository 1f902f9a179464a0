"""
Counting queries: the shop of DJANGO_SETTINGS_MODULE in this process, asked without a web server.

Reads what is wanted as JSON, and writes what was counted as JSON.
"""

import http.client
import importlib
import json
import sys
from collections.abc import Coroutine
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.browser import UnexpectedError, headers_for
from benchmarks.wire import LOOPBACK, Reply, Request

MOST_STEPS_WITH_ONE_NAME = 9


class InProcess:
    """Carries requests into the shop itself; `steps` holds the queries each made."""

    def __init__(self) -> None:
        self.steps: dict[str, int] = {}

    async def ask(self, request: Request) -> Reply:
        """Return the reply."""
        # A client each, so that the cookies are the browser's alone.
        client = Client(raise_request_exception=False)
        with CaptureQueriesContext(connection) as captured:
            answer = client.generic(
                request.method,
                request.path,
                request.body,
                content_type=request.headers.get("Content-Type", "text/plain"),
                headers=dict(request.headers),
                secure=request.headers.get("X-Forwarded-Proto") == "https",
            )
        self._note(request, len(captured))
        lines = [f"{name}: {value}" for name, value in answer.headers.items()]
        lines += [f"Set-Cookie: {each.OutputString()}" for each in answer.cookies.values()]
        return Reply(answer.status_code, "\r\n".join(lines).encode(), answer.content)

    def _note(self, request: Request, number: int) -> None:
        name = f"{request.method} {request.path.partition('?')[0]}"
        while name in self.steps:
            name += " again"
        self.steps[name] = number


class Bank:
    """Carries requests to the offline Stripe."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def ask(self, request: Request) -> Reply:
        """Return the reply."""
        link = http.client.HTTPConnection(LOOPBACK, self._port, timeout=60)
        link.request(request.method, request.path, request.body, dict(request.headers))
        answer = link.getresponse()
        return Reply(answer.status, b"", answer.read())


def done(work: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine that never really waits: Django refuses its database inside a loop."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise RuntimeError("the coroutine waits for something")


def main(words: list[str]) -> None:
    """Answer what is wanted on the standard input."""
    json.dump(counted(json.load(sys.stdin)), sys.stdout)


def counted(wanted: dict[str, Any]) -> dict[str, Any]:
    """Return queries by page, by step of a purchase, and why something could not be counted."""
    journey = importlib.import_module(wanted["journey"])
    why: dict[str, str] = {}
    pages = {
        name: number
        for name, paths in wanted["pages"].items()
        if (number := _of_page(paths, journey.ORIGIN, name, why)) is not None
    }
    shop, bank = InProcess(), Bank(wanted["bank_port"])
    products = [(str(path), int(number)) for path, number in wanted["products"]]
    try:
        done(journey.buy(shop, bank, *products[:2]))  # caches are warm afterwards
        shop.steps.clear()
        done(journey.buy(shop, bank, *products[2:4]))
    except UnexpectedError as error:
        why["full purchase"] = str(error)
        shop.steps.clear()
    return {"pages": pages, "steps": shop.steps, "why": why}


def _of_page(paths: list[str], origin: str, name: str, why: dict[str, str]) -> int | None:
    """Return the queries of the last of some pages of a kind, or note why there is none."""
    shop = InProcess()
    for path in paths * 2:
        shop.steps.clear()
        reply: list[Reply] = []
        done(_ask(shop, Request("GET", path, headers_for(origin)), reply))
        if reply[0].status != 200:
            why[name] = f"status {reply[0].status}"
            return None
    return next(iter(shop.steps.values()))


async def _ask(shop: InProcess, request: Request, reply: list[Reply]) -> None:
    reply.append(await shop.ask(request))
