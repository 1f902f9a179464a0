"""The servers of a run: started in groups of their own, watched by their cost, always ended."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.wire import LOOPBACK
from storefront.config.environment import ROOT
from storefront.config.up.leftovers import end_groups, members

OPENS_WITHIN = 120
LAST_LINES = 15


class BenchmarkError(Exception):
    """The run cannot go on; the message says why."""


@dataclass(slots=True)
class Program:
    """A running program, known by its process group."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def cpu_seconds(self) -> float:
        """Return what its processes have spent so far."""
        return cpu_seconds(members(self.process.pid))

    def resident_bytes(self) -> int:
        """Return the memory its processes hold; what they share is counted in each."""
        total = 0
        for process in members(self.process.pid):
            with suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def must_live(self) -> None:
        """Raises: BenchmarkError: the program has ended."""
        if self.process.poll() is not None:
            raise BenchmarkError(f"'{self.name}' ended: {last_lines(self.log)}")


@contextmanager
def program(
    name: str, command: list[str], *, surroundings: dict[str, str], run: Path
) -> Iterator[Program]:
    """Run a program for the length of the block; its words go to a log beside `run`."""
    log = run.parent / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as words:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Program(name, process, log)
    finally:
        end_groups([process.pid])
        process.wait()


@contextmanager
def web_server(
    name: str,
    application: str,
    *,
    surroundings: dict[str, str],
    run: Path,
    port: int,
    more: tuple[str, ...] = (),
) -> Iterator[Program]:
    """Serve an application the way research found fastest here, from when it answers."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", LOOPBACK, "--port", str(port), "--log-level", "warning"]
    # One thread a worker keeps one database connection; it must not be dropped between points.
    command += ["--workers", "2", "--blocking-threads", "1"]
    command += ["--blocking-threads-idle-timeout", "600", *more, application]
    with program(name, command, surroundings=surroundings, run=run) as server:
        _wait_until_open(server, port)
        yield server


def run_to_end(name: str, command: list[str], *, surroundings: dict[str, str], run: Path) -> None:
    """Run a program to its end. Raises: BenchmarkError: it failed."""
    with program(name, command, surroundings=surroundings, run=run) as running:
        if running.process.wait():
            raise BenchmarkError(f"'{name}' failed: {last_lines(running.log)}")


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """Return the processor time of these processes, their own and the system's for them."""
    total = 0.0
    for process in processes:
        with suppress(psutil.Error):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def last_lines(log: Path) -> str:
    """Return the end of a log."""
    lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
    return "\n".join([f"(see {log})", *lines])


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _wait_until_open(server: Program, port: int) -> None:
    deadline = time.monotonic() + OPENS_WITHIN
    while time.monotonic() < deadline:
        server.must_live()
        link = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
        with suppress(OSError, http.client.HTTPException):
            link.request("GET", "/healthz")
            link.getresponse().read()
            return
        time.sleep(0.1)
    raise BenchmarkError(f"'{server.name}' does not open: {last_lines(server.log)}")
