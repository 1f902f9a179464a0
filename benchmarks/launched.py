"""The shop as `make run` starts it, in a folder of its own, and how to kill parts of it."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from benchmarks.processes import BenchmarkError, free_port, last_lines
from benchmarks.wire import LOOPBACK
from storefront.config import embedded
from storefront.config.environment import OFFLINE_STRIPE_KEY, ROOT
from storefront.config.up.leftovers import end_groups
from storefront.config.up.plan import MARK

OPENS_WITHIN = 400
# What of a command line tells a program of the shop.
PROGRAMS = {"web": "granian", "worker": "db_worker", "clock": "run_clock"}
PARTS = ("web", "worker", "postgres", "everything")


class LaunchedShop:
    """One folder, one port; started and started again by the launcher."""

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self.port = free_port()
        self.log = self.var / "launcher.log"
        self._launcher: subprocess.Popen[bytes] | None = None

    @property
    def surroundings(self) -> dict[str, str]:
        """Return the environment variables of the launcher and of our own questions."""
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return own | {
            "VAR_DIR": str(self.var),
            "MEDIA_ROOT": str(self.var / "media"),
            "STRIPE_SECRET_KEY": OFFLINE_STRIPE_KEY,
            "SHOP_URL": f"http://{LOOPBACK}:{self.port}",
            "PAYMENT_STARTS_AN_HOUR": "1000000",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "storefront.config.settings",
        }

    @property
    def bank_port(self) -> int:
        """Return the offline Stripe's port."""
        told: dict[str, int] = json.loads((self.var / "ports.json").read_text())
        return told["stripe"]

    def open(self) -> float:
        """Start it and wait until it is open; return the seconds. Raises: BenchmarkError."""
        self.var.mkdir(parents=True, exist_ok=True)
        begin = time.monotonic()
        with self.log.open("wb") as words:
            self._launcher = subprocess.Popen(
                [sys.executable, "-m", "storefront.config.up", str(self.port)],
                cwd=ROOT,
                env=self.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while b"Demo log-ins" not in self.log.read_bytes():
            if self._launcher.poll() is not None or time.monotonic() - begin > OPENS_WITHIN:
                raise BenchmarkError(f"the shop does not open: {last_lines(self.log)}")
            time.sleep(0.1)
        return time.monotonic() - begin

    def close(self) -> None:
        """Stop it as Ctrl-C does."""
        if self._launcher is not None:
            end_groups([self._launcher.pid])
            self._launcher.wait()

    def kill(self, part: str) -> None:
        """Send SIGKILL to a part of the shop; `everything` is all programs and the launcher."""
        if part in ("postgres", "everything"):
            _kill([psutil.Process(_first_number(self.var / "postgres" / "postmaster.pid"))])
        if part == "everything":
            assert self._launcher is not None
            self._launcher.kill()
            self._launcher.wait()
            _kill([*self.processes("web"), *self.processes("worker"), *self.processes("clock")])
        elif part != "postgres":
            _kill(self.processes(part))

    def processes(self, part: str) -> list[psutil.Process]:
        """Return the processes of a program that run now."""
        return [each for each in psutil.process_iter() if self._is(each, PROGRAMS[part])]

    def is_whole(self) -> bool:
        """Return whether database, worker and clock live; whether the web answers, it says."""
        return embedded.is_running(self.var / "postgres") and all(map(self.processes, PROGRAMS))

    def ask(self, module: str, *words: str) -> Any:
        """Run one of our modules inside the shop, and return its JSON. Raises: BenchmarkError."""
        command = [sys.executable, "-m", "benchmarks.inside", module, *words]
        told = self._run(command)
        if told.returncode:
            raise BenchmarkError(f"{module}: {told.stderr[-2000:]}")
        return json.loads(told.stdout.splitlines()[-1])

    def audit(self) -> tuple[int, str]:
        """Return the exit code of `manage.py audit_money`, and what it said."""
        told = self._run([sys.executable, "manage.py", "audit_money"])
        return told.returncode, (told.stdout + told.stderr).strip()

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        there = {"STRIPE_API_BASE": f"http://{LOOPBACK}:{self.bank_port}"}
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.surroundings | there,
            capture_output=True,
            text=True,
            check=False,
        )

    def _is(self, process: psutil.Process, word: str) -> bool:
        try:
            return process.environ().get(MARK) == str(self.var) and any(
                word in each for each in process.cmdline()
            )
        except psutil.Error:
            return False


def _kill(processes: list[psutil.Process]) -> None:
    for each in processes:
        with suppress(psutil.Error):
            each.send_signal(signal.SIGKILL)


def _first_number(file: Path) -> int:
    return int(file.read_text().split()[0])
