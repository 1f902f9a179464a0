"""What the person at the terminal sees while the shop starts and runs."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICK_SECONDS = {True: 1, False: 10}  # on a terminal the line is rewritten, in a log it is not


def say(line: str = "") -> None:
    """Print one line at once, also into a pipe."""
    _write(f"{line}\n")


def remark(line: str) -> None:
    """Print one line while a step goes on."""
    start = "\r" if sys.stdout.isatty() else ""
    say(f"{start}    {line:<46}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show the step, the seconds while it goes on, and the seconds it took."""
    begin = time.monotonic()
    over = threading.Event()
    ticker = threading.Thread(target=_tick, args=(title, begin, over), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        over.set()
        ticker.join()
    _line(title, begin, end="\n")


def _tick(title: str, begin: float, over: threading.Event) -> None:
    terminal = sys.stdout.isatty()
    while True:
        if terminal:
            _line(title, begin, end="")
        if over.wait(TICK_SECONDS[terminal]):
            return
        if not terminal:
            _line(f"{title} …", begin, end="\n")


def _line(title: str, begin: float, *, end: str) -> None:
    start = "\r" if sys.stdout.isatty() else ""
    _write(f"{start}  {title:<42}{time.monotonic() - begin:6.1f} s{end}")


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        # The terminal was closed. Stopping the programs must not fail because nobody reads of it.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- kept to the end
