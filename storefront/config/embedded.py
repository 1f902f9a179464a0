"""The shop's own PostgreSQL: made, started and stopped with the project."""

import fcntl
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from storefront.config import embedded_place
from storefront.config.embedded_place import PORT, EmbeddedError, Place, place_of, socket_folder
from storefront.config.embedded_process import clear_leftovers, run, spawn, state_of

__all__ = [
    "EmbeddedError",
    "Server",
    "connection_settings",
    "is_running",
    "running",
    "start",
    "stop",
]

DATABASE = USER = "zila"
PATIENCE_SECONDS = 60
LOG_LIMIT_BYTES = 10_000_000
# Sized for a machine with two cores that also runs the shop.
SETTINGS = {
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_wal_size": "512MB",  # also bounds the time a recovery takes
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
THROWAWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

Report = Callable[[str], None]


def connection_settings(data_dir: Path) -> dict[str, str]:
    """Return HOST, PORT, NAME and USER for Django; nothing is started or looked at."""
    host = str(socket_folder(data_dir))
    return {"HOST": host, "PORT": PORT, "NAME": DATABASE, "USER": USER}


def is_running(data_dir: Path) -> bool:
    """Whether this cluster's server is up and answers."""
    return data_dir.exists() and state_of(place_of(data_dir)) == "ready"


@dataclass(slots=True)
class Server:
    """A running server, and this process's word that it is using it."""

    place: Place
    started: bool
    _use: IO[str]

    def stop(self) -> None:
        """Stop the server, whoever else uses it, and return when it is down."""
        self._use.close()
        _stop_alone(self.place)

    def leave(self) -> None:
        """Stop the server if no other process uses it."""
        self._use.close()
        with _users(self.place).open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            _stop(self.place)


def say(message: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(f"PostgreSQL: {message}\n")
    sys.stderr.flush()


def start(data_dir: Path, *, durable: bool = True, report: Report = say) -> Server:
    """
    Make the cluster if it is missing, start it if it is down, and wait until it answers.

    Without `durable` a power cut may lose or break the data: for tests only.

    Raises:
        EmbeddedError: with one line for the person who started it.
    """
    try:
        place = place_of(data_dir)
        with ExitStack() as kept:
            use = kept.enter_context(_users(place).open("a"))
            fcntl.flock(use, fcntl.LOCK_SH)  # waits for a process that is just stopping the server
            with _alone(place):
                started = _bring_up(place, durable=durable, report=report)
            kept.pop_all()
    except PermissionError as error:
        raise EmbeddedError(embedded_place.not_yours(error.filename)) from error
    except OSError as error:
        raise EmbeddedError(f"cannot start: {error.strerror} ({error.filename})") from error
    return Server(place, started, use)


def stop(data_dir: Path) -> None:
    """Stop this cluster's server, if one runs, whoever uses it; the cluster may be a broken one."""
    if data_dir.exists():
        _stop_alone(place_of(data_dir))


@contextmanager
def running(data_dir: Path, *, durable: bool = True, report: Report = say) -> Iterator[Server]:
    """Hold a server for the length of the block; the last process to leave stops it."""
    server = start(data_dir, durable=durable, report=report)
    try:
        yield server
    finally:
        server.leave()


def _users(place: Place) -> Path:
    return place.log.with_suffix(".users")


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    with place.log.with_suffix(".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _bring_up(place: Place, *, durable: bool, report: Report) -> bool:
    state = state_of(place)
    if state == "ready":
        return False
    if state:
        _wait_until_ready(place, report)
        return False
    clear_leftovers(place)
    if not (place.data / "PG_VERSION").exists():
        report(f"making a new database in {place.data}")
        _make_cluster(place, durable=durable)
    _check_version(place)
    embedded_place.prepare_socket_folder(place)
    try:
        _launch(place, SETTINGS if durable else SETTINGS | THROWAWAY, report)
        _make_database(place)
    except (KeyboardInterrupt, SystemExit):
        _stop(place)
        raise
    return True


def _make_cluster(place: Place, *, durable: bool) -> None:
    # Made beside its place and renamed, so that a killed initdb leaves no half cluster.
    fresh = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)  # most often there is none; what stays, mkdir refuses
    fresh.mkdir(mode=0o700, parents=True)
    embedded_place.hand_over(fresh, place.account)
    # The builtin provider sorts and folds the same on every system; the text-search parser asks
    # the C library instead, and splits Hindi at a danda only when that speaks UTF-8.
    options = "--auth=trust --encoding=UTF8 --locale=C --lc-ctype=C.UTF-8 --no-instructions"
    provider = "--locale-provider=builtin --builtin-locale=C.UTF-8"
    command = ["initdb", "-D", str(fresh), "-U", USER, *options.split(), *provider.split()]
    if not durable:
        command.append("--no-sync")
    try:
        run(place, command, output=subprocess.PIPE)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(fresh, ignore_errors=True)  # what went wrong is told below
        raise EmbeddedError(f"cannot make the database: {_reason(error.stdout)}") from error
    if place.data.is_dir():
        place.data.rmdir()
    fresh.rename(place.data)


def _check_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    if found != embedded_place.MAJOR:
        raise EmbeddedError(
            f"{place.data} was made by PostgreSQL {found}, and this is {embedded_place.MAJOR}: "
            "move the folder away to start afresh (docs/operations.md says how to carry data over)."
        )


def _launch(place: Place, settings: dict[str, str], report: Report) -> None:
    own = {"unix_socket_directories": str(place.socket), "port": PORT, "cluster_name": place.name}
    options = " ".join(f"-c {name}={value}" for name, value in (settings | own).items())
    command = ["pg_ctl", "start", "-s", "-w", "-t", str(PATIENCE_SECONDS), "-D", str(place.data)]
    if place.log.exists() and place.log.stat().st_size > LOG_LIMIT_BYTES:
        place.log.replace(place.log.with_suffix(".log.1"))
    with place.log.open("ab") as log:
        begin = log.tell()
        server = spawn(place, [*command, "-o", f"-c listen_addresses='' {options}"], output=log)
        failed = _waited(server, report)
    if failed and state_of(place):
        raise EmbeddedError(f"still recovering after {PATIENCE_SECONDS} s; try again in a minute")
    if failed:
        told = place.log.read_bytes()[begin:].decode(errors="replace")
        raise EmbeddedError(f"PostgreSQL does not start: {_reason(told)} (see {place.log})")


def _waited(process: subprocess.Popen[str], report: Report) -> bool:
    """Wait for the starter, with a word every five seconds, and return whether it failed."""
    waited = 0
    while True:
        try:
            return process.wait(timeout=5) != 0
        except subprocess.TimeoutExpired:
            waited += 5
            report(f"still starting, or recovering after a crash ({waited} s)")
        except (KeyboardInterrupt, SystemExit):
            process.wait()
            raise


def _wait_until_ready(place: Place, report: Report) -> None:
    for waited in range(PATIENCE_SECONDS * 10):
        if (state := state_of(place)) == "ready":
            return
        if not state:
            raise EmbeddedError(f"PostgreSQL stopped while it was starting (see {place.log})")
        if waited % 50 == 49:
            report(f"still starting, or recovering after a crash ({waited // 10 + 1} s)")
        time.sleep(0.1)
    raise EmbeddedError(f"still recovering after {PATIENCE_SECONDS} s; try again in a minute")


def _make_database(place: Place) -> None:
    host, port = str(place.socket), int(PORT)
    with psycopg.connect(
        host=host, port=port, user=USER, dbname="postgres", autocommit=True
    ) as link:
        known = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _stop_alone(place: Place) -> None:
    with _alone(place):
        _stop(place)


def _stop(place: Place) -> None:
    for mode in ("fast", "immediate"):
        if not state_of(place):
            break
        command = ["pg_ctl", "stop", "-s", "-w", "-t", "30", "-m", mode, "-D", str(place.data)]
        try:
            run(place, command, output=subprocess.DEVNULL)
        except subprocess.CalledProcessError:
            continue
    clear_leftovers(place)
    with suppress(FileNotFoundError):
        place.socket.rmdir()


def _reason(told: str) -> str:
    """Pick the line of a program's output that says why it failed."""
    if "No space left on device" in told:
        return "the disk is full"
    lines = [line.strip() for line in told.splitlines() if line.strip()] or ["it said nothing"]
    reasons = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (reasons or lines)[-1]
