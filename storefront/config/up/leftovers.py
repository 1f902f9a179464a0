"""Ending programs: those of a group, and those that a killed `make run` left behind."""

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

from storefront.config.up.plan import MARK

GRACE_SECONDS = 10


def end_leftovers(var: Path) -> int:
    """
    End what earlier starts with this folder left running, and return how many programs that were.

    They are known by a word in their surroundings, which they also hand on to their own children.
    """
    left = [each for each in psutil.process_iter() if _has_mark(each, str(var))]
    for process in left:
        with suppress(psutil.Error):
            process.terminate()
    _, deaf = psutil.wait_procs(left, timeout=GRACE_SECONDS)
    for process in deaf:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(deaf, timeout=GRACE_SECONDS)
    return len(left)


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


def _has_mark(process: psutil.Process, mark: str) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == mark
    except psutil.Error:
        return False


def _signal(groups: Iterable[int], number: signal.Signals) -> None:
    for group in groups:
        with suppress(ProcessLookupError):
            os.killpg(group, number)
