"""The processes of the shop's own PostgreSQL: which are alive, which are left over."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from storefront.config.embedded_place import PORT, EmbeddedError, Place, not_yours

STUBBORN_SECONDS = 60
# postmaster.pid gets its last lines only when the server is up.
LINES_AT_START = 6


def state_of(place: Place) -> str:
    """Return the state the server wrote down ('ready', 'starting'), or '' if it does not run."""
    lines = _lock_file(place)
    if len(lines) < LINES_AT_START or not _is_of(place, int(lines[0])):
        return ""
    return lines[7].strip() if len(lines) > LINES_AT_START + 1 else "starting"


def _lock_file(place: Place) -> list[str]:
    """Read postmaster.pid: process, data folder, start time, port, socket folder, …, state."""
    try:
        return (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []
    except PermissionError as error:
        raise EmbeddedError(not_yours(error.filename)) from error


def _is_of(place: Place, pid: int) -> bool:
    """Whether this is a living process of this cluster's server; each carries its name."""
    try:
        process = psutil.Process(pid)
        named = process.name() == "postgres" and place.name in " ".join(process.cmdline())
        return named and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def clear_leftovers(place: Place) -> None:
    """
    Remove what a killed server left: processes of its own, and lock files that name a dead process.

    PostgreSQL clears most of it by itself, but believes a lock file whose number another program
    has got since, which is usual after a container's restart.
    """
    deadline = time.monotonic() + STUBBORN_SECONDS
    while leftovers := _leftovers(place):
        if time.monotonic() > deadline:
            raise EmbeddedError(f"old PostgreSQL processes do not end: {leftovers}")
        for pid in leftovers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
        time.sleep(0.2)
    for lock in (place.data / "postmaster.pid", place.socket / f".s.PGSQL.{PORT}.lock"):
        lock.unlink(missing_ok=True)


def _leftovers(place: Place) -> list[int]:
    own = [pid for pid in psutil.pids() if _is_of(place, pid)]
    lines = _lock_file(place)
    if len(lines) < LINES_AT_START or own:
        return own
    # The project's folder was moved while its server ran: it has the old folder's name, and its
    # old folder is gone. In a copied folder the lock file speaks of the first folder's server.
    old = Place(Path(lines[1]), place.log, Path(lines[4].strip()), place.account, place.programs)
    moved = not (old.data / "postmaster.pid").exists() and _is_of(old, int(lines[0]))
    return [int(lines[0])] if moved else []


def run(place: Place, command: list[str], *, output: int) -> None:
    """Run one of the server's programs to its end, as the server's account."""
    process = spawn(place, command, output=output)
    told, _ = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command[0], output=told)


def spawn(place: Place, command: list[str], *, output: int | IO[bytes]) -> subprocess.Popen[str]:
    """Start one of the server's programs, as the server's account and apart from our terminal."""
    # A bare environment: PGDATA, PGOPTIONS and their like would change what the programs do.
    other = not place.account.is_me
    return subprocess.Popen(  # noqa: S603 -- our own programs
        [str(place.programs / command[0]), *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        start_new_session=True,
        user=place.account.uid if other else None,
        group=place.account.gid if other else None,
        extra_groups=[] if other else None,
    )
