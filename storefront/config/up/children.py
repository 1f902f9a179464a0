"""The programs while they run: started in groups of their own, watched, restarted, ended."""

import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from storefront.config.environment import ROOT
from storefront.config.up.leftovers import end_groups
from storefront.config.up.logs import Log
from storefront.config.up.plan import Program
from storefront.config.up.screen import say

LONGEST_PAUSE_SECONDS = 30
# A program that lived this long was well: its next pause is short again.
SETTLED_SECONDS = 60
LINES_OF_THE_DEAD = 8
# Drawing a thousand pictures must not slow the pages.
BACKGROUND_NICENESS = 10


@dataclass(slots=True)
class Child:
    """One program, alive or waiting for its next start."""

    program: Program
    log: Log
    surroundings: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    began: float = 0
    again_at: float = field(default=0)

    def start(self) -> None:
        """Start the program in a group of its own, so that Ctrl-C reaches the launcher alone."""
        with self.log.file.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- our own programs
                self.program.command,
                cwd=ROOT,
                env=self.surroundings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if self.program.in_background:
            psutil.Process(self.process.pid).nice(BACKGROUND_NICENESS)
        self.began = time.monotonic()

    def watch(self) -> None:
        """Show new errors; if the program died, say so and start it again after a pause."""
        for line in self.log.worrying_news():
            say(f"{self.program.name} | {line}")
        if self.process is None:
            if time.monotonic() >= self.again_at:
                self.start()
        elif self.process.poll() is not None:
            self._mourn(self.process)

    def _mourn(self, process: "subprocess.Popen[bytes]") -> None:
        lived = time.monotonic() - self.began
        end_groups([process.pid])  # its own children may have outlived it
        self.process = None
        self.deaths = 1 if lived > SETTLED_SECONDS else self.deaths + 1
        pause = min(2 ** (self.deaths - 1), LONGEST_PAUSE_SECONDS)
        self.again_at = time.monotonic() + pause
        name = self.program.name
        for line in self.log.last_lines(LINES_OF_THE_DEAD):
            say(f"{name} | {line}")
        say(f"{name} ended (code {process.returncode}); it is started again in {pause} s.")


class Children:
    """All programs of one start."""

    def __init__(self, programs: list[Program], *, var: Path, surroundings: dict[str, str]) -> None:
        self._all = [
            Child(
                program,
                Log(var / "log" / f"{program.name}.log"),
                surroundings,
            )
            for program in programs
        ]

    def start(self, *, in_background: bool) -> None:
        """Start the programs that a page needs, or those it does not need."""
        for child in self._all:
            if child.program.in_background == in_background:
                child.start()

    def watch(self) -> None:
        """Look after each program once."""
        for child in self._all:
            if child.began:
                child.watch()

    def most_deaths(self) -> int:
        """Return how often the least lucky program died in a row."""
        return max(child.deaths for child in self._all)

    def stop(self) -> None:
        """End all programs and what they started."""
        alive = [child.process for child in self._all if child.process]
        end_groups([process.pid for process in alive])
        for process in alive:
            process.wait()
