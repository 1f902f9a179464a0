"""Programs that a killed `make run` left behind: found by their notes in var/run, and ended."""

import json
import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

from storefront.config.up.plan import MARK

GRACE_SECONDS = 10


def note(file: Path, pid: int) -> None:
    """Write down a program's number with the time it began, which no later program shares."""
    file.write_text(json.dumps({"pid": pid, "began": psutil.Process(pid).create_time()}))


def end_leftovers(run: Path) -> list[str]:
    """End what earlier starts left running, and return the names."""
    found = {file: _still_ours(file, run) for file in run.glob("*.json")}
    end_groups([group for group in found.values() if group])
    for file in found:
        file.unlink(missing_ok=True)
    return sorted(file.stem for file, group in found.items() if group)


def end_groups(groups: Iterable[int]) -> None:
    """Ask all programs of these process groups to end; kill those that have not after a while."""
    groups = list(groups)
    _signal(groups, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(members(group) for group in groups) and time.monotonic() < deadline:
        time.sleep(0.1)
    _signal([group for group in groups if members(group)], signal.SIGKILL)


def members(group: int) -> list[psutil.Process]:
    """Return the living processes of a process group."""
    return [process for process in psutil.process_iter() if _is_in(process, group)]


def _is_in(process: psutil.Process, group: int) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.Error):
        return False


def _still_ours(file: Path, run: Path) -> int:
    """Return the noted program's process group if it lives and is ours, else 0."""
    try:
        kept = json.loads(file.read_text())
        group, began = int(kept["pid"]), float(kept["began"])
    except (ValueError, KeyError):
        return 0  # killed while writing the note
    ours = [
        process
        for process in members(group)
        if _has_mark(process, str(run.parent))
        and (process.pid != group or abs(process.create_time() - began) < 1)
    ]
    return group if ours else 0


def _has_mark(process: psutil.Process, mark: str) -> bool:
    try:
        return bool(process.environ().get(MARK) == mark)
    except psutil.Error:
        return False


def _signal(groups: Iterable[int], number: signal.Signals) -> None:
    for group in groups:
        with suppress(ProcessLookupError):
            os.killpg(group, number)
