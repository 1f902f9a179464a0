"""The rows as a table for a person, and as JSON for a later comparison."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.results import Row

HEAD = (
    "",
    "clients",
    "Zila/s",
    "p50",
    "p95",
    "cpu",
    "Oscar/s",
    "p50",
    "p95",
    "cpu",
    "ratio",
    "view",
)
PACKAGES = ("django", "django-oscar", "wagtail", "granian", "psycopg")


def about_this_run() -> dict[str, Any]:
    """Return when and where this is measured, and how busy the machine was before."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def store(folder: Path, about: dict[str, Any], rows: Iterable[Row]) -> Path:
    """Write all rows to a file named for the time, and return it."""
    file = folder / f"{about['at'][:19].replace(':', '')}.json"
    told = about | {"rows": [asdict(row) for row in rows]}
    file.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return file


def tables(rows: list[Row]) -> list[str]:
    """Return the lines of the whole report."""
    lines = _limits(rows)
    for products in sorted({row.products for row in rows if row.products}):
        here = [row for row in rows if row.products == products]
        lines += ["", f"{products:,} products", *_load(here, rows)]
        lines += _turns(here)
        lines += _counts(here)
    return lines + _remarks(rows)


def _limits(rows: list[Row]) -> list[str]:
    lines = [
        f"  {row.thing:<18}{row.clients:>8}{_number(row.rate):>9}/s{_number(row.p50_ms):>9}"
        f"{_number(row.p95_ms):>9} ms   {row.remark}"
        for row in rows
        if row.shop == "machine"
    ]
    return ["What this machine can do", *lines] if lines else []


def _load(here: list[Row], rows: list[Row]) -> list[str]:
    """Return a line for each thing and number of clients, both shops beside each other."""
    here = [row for row in here if row.rate is not None and not row.rates]
    found = {(row.thing, row.shop, row.clients): row for row in here}
    bare = {row.clients: row.rate for row in rows if row.thing == "bare Django view"}
    pairs = list(dict.fromkeys((row.thing, row.clients) for row in here))
    if not pairs:
        return []
    things = list(dict.fromkeys(thing for thing, _ in pairs))
    lines = []
    for thing, clients in sorted(pairs, key=lambda pair: (things.index(pair[0]), pair[1])):
        zila, oscar = found.get((thing, "zila", clients)), found.get((thing, "oscar", clients))
        lines.append(
            [
                thing,
                str(clients),
                *_point(zila),
                *_point(oscar),
                _ratio(zila and zila.rate, oscar and oscar.rate),
                _share(zila and zila.rate, bare.get(clients)),
            ]
        )
    note = (
        "times in ms; cpu: ms of application + database (+ offline Stripe) for each; "
        "ratio: Zila to Oscar; view: Zila's share of the bare view's rate"
    )
    return [*_aligned([list(HEAD), *lines]), f"  ({note})"]


def _turns(here: list[Row]) -> list[str]:
    """Return what both shops did in turns: the middle one, and from the lowest to the highest."""
    found = {(row.shop, row.clients): row.rates for row in here if row.rates}
    lines = [["in turns", "clients", "Zila/s", "Oscar/s", "ratio"]]
    for shop, clients in found:
        if shop == "zila" and ("oscar", clients) in found:
            zila, oscar = found["zila", clients], found["oscar", clients]
            ratios = [mine / other for mine, other in zip(zila, oscar, strict=True) if other]
            told = (_spread(rates) for rates in (zila, oscar, ratios))
            lines.append(["full purchase", str(clients), *told])
    note = "the middle of all turns, and from the lowest to the highest"
    return ["", *_aligned(lines), f"  ({note})"] if len(lines) > 1 else []


def _spread(values: list[float]) -> str:
    if not values:
        return "–"
    return f"{median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _point(row: Row | None) -> list[str]:
    if row is None:
        return ["–"] * 4
    cpu = f"{row.app_ms:.1f}+{row.db_ms:.1f}" if row.app_ms is not None else "–"
    cpu += f"+{row.bank_ms:.1f}" if row.bank_ms is not None and row.bank_ms >= 1 else ""
    return [_number(row.rate), _number(row.p50_ms), _number(row.p95_ms), cpu]


def _counts(here: list[Row]) -> list[str]:
    """Return queries and memory, both shops beside each other."""
    counted = [row for row in here if row.queries is not None or row.megabytes is not None]
    if not counted:
        return []
    lines = [["", "Zila", "Oscar"]]
    for thing in dict.fromkeys((row.thing, row.megabytes is not None) for row in counted):
        name, is_memory = thing
        values = {
            row.shop: row.megabytes if is_memory else row.queries
            for row in counted
            if (row.thing, row.megabytes is not None) == thing
        }
        unit = "MB" if is_memory else "SQL queries"
        told = [_number(values.get(shop)) for shop in ("zila", "oscar")]
        lines.append([f"{name}, {unit}", *told])
    return ["", *_aligned(lines)]


def _remarks(rows: list[Row]) -> list[str]:
    """Return what did not work, so that no figure is believed that should not be."""
    lines = [
        f"  {row.shop}, {row.thing}, {row.products:,} products, {row.clients} clients: "
        f"{row.failed} failed, {row.unanswered} unanswered. {row.remark}".rstrip()
        for row in rows
        if row.failed or row.unanswered or (row.remark and row.shop != "machine")
    ]
    return ["", "What did not work", *lines] if lines else []


def _aligned(lines: list[list[str]]) -> list[str]:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def _ratio(zila: float | None, oscar: float | None) -> str:
    return f"{zila / oscar:.1f}×" if zila and oscar else "–"


def _share(zila: float | None, bare: float | None) -> str:
    return f"{zila / bare:.1%}" if zila and bare else "–"
