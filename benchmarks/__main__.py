"""
`make bench`: fill, start, measure, stop, and print Zila beside stock Oscar.

Everything it needs it starts itself, in var/bench, and stops again, also on Ctrl-C.
"""

import argparse
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.databases import Server, server
from benchmarks.processes import BenchmarkError
from benchmarks.questions import QUESTIONS, limits, turns
from benchmarks.results import Plan, Row
from benchmarks.shops import SHOPS, fill, opened
from storefront.config.embedded import EmbeddedError
from storefront.config.environment import read_environment
from storefront.config.up.launch import CannotStartError, alone, check_disk
from storefront.config.up.leftovers import end_leftovers
from storefront.config.up.screen import say, step

FULL = Plan(seconds=5, warm_seconds=1, patience=10)
QUICK = Plan(seconds=1.5, warm_seconds=0.5, patience=8)
FULL_SIZES, QUICK_SIZES = [10_000, 100_000], [10_000]


def main(words: list[str]) -> int:
    """Measure what the command line asks for; return the exit code."""
    options = _options(words)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = read_environment().var_dir.resolve() / "bench"
    run = folder / "run"
    run.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    try:
        check_disk(folder)
        with alone(run / "bench.lock", "its benchmarks"):
            end_leftovers(folder)
            about = report.about_this_run()
            begin = time.monotonic()
            stopped = _measure_all(options, folder, run, rows)
            about["minutes"] = round((time.monotonic() - begin) / 60, 1)
    except CannotStartError as error:
        say(f"The benchmark cannot start: {error}")
        return 1
    _tell(folder, about, rows)
    if stopped:
        say(f"\nStopped before the end: {stopped}")
    return 1 if stopped or any(row.failed for row in rows) else 0


def _measure_all(options: argparse.Namespace, folder: Path, run: Path, rows: list[Row]) -> str:
    """Add to `rows` until all is measured or something stops it; return what did."""
    try:
        _measure(options, folder, run, rows)
    except (BenchmarkError, EmbeddedError) as error:
        return str(error)
    except KeyboardInterrupt:
        return "everything is shut down."
    return ""


def _measure(options: argparse.Namespace, folder: Path, run: Path, rows: list[Row]) -> None:
    plan = QUICK if options.quick else FULL
    sizes = options.products or (QUICK_SIZES if options.quick else FULL_SIZES)
    if "limits" in options.only:
        with step("measuring what the machine can do"):
            rows += limits.ask(plan, run)
    wanted = [name for name in QUESTIONS if name in options.only]
    if not wanted and "turns" not in options.only:
        return
    with ExitStack() as stack:
        with step("starting PostgreSQL"):
            databases = stack.enter_context(server(folder))
        kept = {shop.key: fill(databases, shop, sizes, run) for shop in SHOPS}
        for products in sorted(sizes):
            for shop in SHOPS:
                template = kept[shop.key][products]
                with opened(databases, shop, products, template, run) as here:
                    for name in wanted:
                        with step(f"{shop.title}, {products:,} products: {name}"):
                            rows += QUESTIONS[name](here, plan)
            if "turns" in options.only:
                rows += _in_turns(
                    databases, {key: of[products] for key, of in kept.items()}, products, plan, run
                )


def _in_turns(
    databases: Server, templates: dict[str, str], products: int, plan: Plan, run: Path
) -> list[Row]:
    """Let both shops sell at the same time of day."""
    with ExitStack() as stack:
        both = [
            stack.enter_context(opened(databases, shop, products, templates[shop.key], run))
            for shop in SHOPS
        ]
        with step(f"both shops in turns, {products:,} products"):
            return turns.ask(*both, plan)


def _tell(folder: Path, about: dict[str, Any], rows: list[Row]) -> None:
    say()
    for line in report.tables(rows):
        say(line)
    file = report.store(folder, about, rows)
    say(
        f"\nKept in {file}. It took {about['minutes']} minutes; "
        f"the machine's load before was {about['load_before']}."
    )


def _options(words: list[str]) -> argparse.Namespace:
    every = ["limits", *QUESTIONS, "turns"]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short points, 10,000 products")
    parser.add_argument(
        "--products", type=_numbers, help="how many, with commas between: 10000,100000"
    )
    parser.add_argument(
        "--only",
        type=lambda word: word.split(","),
        default=every,
        help=f"some of the questions, with commas between: {', '.join(every)}",
    )
    options = parser.parse_args(words)
    unknown = set(options.only) - set(every)
    if unknown:
        parser.error(f"no such question: {', '.join(sorted(unknown))}")
    return options


def _numbers(word: str) -> list[int]:
    numbers = [int(part) for part in word.split(",")]
    # A list page must be full, and each story has products of its own.
    if min(numbers) < 2000:
        raise argparse.ArgumentTypeError("2000 products are the least")
    return numbers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
