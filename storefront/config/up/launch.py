"""The start itself: checks, database, steps, programs, then watching until someone says stop."""

import fcntl
import http.client
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from storefront.config import embedded
from storefront.config.embedded import EmbeddedError
from storefront.config.environment import Environment, read_environment
from storefront.config.up import ports
from storefront.config.up.children import Children
from storefront.config.up.leftovers import end_leftovers
from storefront.config.up.neighbours import NeighbourError, ask_neighbours
from storefront.config.up.plan import Plan
from storefront.config.up.screen import remark, say, step
from storefront.config.up.steps import StepFailedError, prepare
from storefront.config.up.welcome import welcome

LEAST_FREE_BYTES = 1_000_000_000
OPENING_SECONDS = 120
DEATHS_BEFORE_GIVING_UP = 3
DATABASE_LOOK_SECONDS = 5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStartError(Exception):
    """The shop cannot start here and now; the message says what to do."""


def launch(port: int) -> int:
    """Run the shop until Ctrl-C, SIGTERM or a closed terminal; return the exit code."""
    _listen_to_signals()
    try:
        with ExitStack() as stack:
            _run(port, stack)
    except (CannotStartError, NeighbourError, StepFailedError, EmbeddedError) as error:
        say(f"\nZila cannot start: {error}")
        return 1
    except OSError as error:
        say(f"\nZila cannot start: {error.strerror} ({error.filename})")
        return 1
    except KeyboardInterrupt:
        say("Everything is stopped.")
    return 0


@contextmanager
def alone(lock: Path, address: str = "") -> Iterator[None]:
    """Let one launcher at a time work in this folder; a killed one leaves no lock."""
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotStartError(f"this project runs already {file.read()}") from None
        file.truncate(0)
        file.write(f"at {address} (process {os.getpid()}).")
        file.flush()
        yield


def _run(port: int, stack: ExitStack) -> None:
    environment = read_environment()
    var = environment.var_dir.resolve()
    for folder in (var / "run", var / "log", environment.media):
        folder.mkdir(parents=True, exist_ok=True)
    stack.enter_context(alone(var / "run" / "up.lock", f"http://{ports.LOOPBACK}:{port}/"))
    check_disk(var)
    if ended := end_leftovers(var):
        say(f"  ended programs left over from a start that was killed: {ended}")
    plan = Plan(environment, port, stripe_port(environment))
    _check_port(port)
    ask_neighbours(environment)
    if not environment.database_url:
        with step("starting PostgreSQL"):
            stack.enter_context(embedded.running(var / "postgres", report=remark))
    prepare(plan)
    children = Children(plan.programs, var=var, surroundings=plan.surroundings)
    stack.callback(_stop, children)
    with step("opening the shop"):
        children.start(in_background=False)
        _wait_until_open(plan, children)
    children.start(in_background=True)
    welcome(plan)
    _keep_watch(plan, children)


def _keep_watch(plan: Plan, children: Children) -> None:
    """Watch programs and database until a signal ends it."""
    data = plan.var / "postgres"
    looked_at = time.monotonic()
    while True:
        children.watch()
        time.sleep(0.5)
        if plan.environment.database_url or time.monotonic() - looked_at < DATABASE_LOOK_SECONDS:
            continue
        looked_at = time.monotonic()
        if not embedded.is_running(data):
            say("PostgreSQL ended; it is started again.")
            embedded.start(data, report=remark)


def _listen_to_signals() -> None:
    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, _stop_once)


def _stop_once(_number: int, _frame: object) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)  # an impatient second Ctrl-C must leave nothing
    raise KeyboardInterrupt


def _stop(children: Children) -> None:
    say("\nStopping …")
    children.stop()


def check_disk(var: Path) -> None:
    """Refuse to start on a disk that will be full before long."""
    free = shutil.disk_usage(var).free
    if free < LEAST_FREE_BYTES:
        raise CannotStartError(
            f"the disk of {var} has {free // 1_000_000} MB left, and 1000 MB are needed. "
            "Make room, or point VAR_DIR to another disk."
        )


def _check_port(port: int) -> None:
    if not ports.is_free(port):
        raise CannotStartError(f"Port {port} is taken. Try: make run PORT={port + 1}")


def stripe_port(environment: Environment) -> int | None:
    """Return the offline Stripe's port, or None when a real key switches it off."""
    if not environment.stripe_is_offline:
        return None
    return ports.kept_port(environment.var_dir / "ports.json", "stripe")


def _wait_until_open(plan: Plan, children: Children) -> None:
    deadline = time.monotonic() + OPENING_SECONDS
    while not _answers(plan):
        children.watch()
        if children.most_deaths() >= DEATHS_BEFORE_GIVING_UP:
            raise CannotStartError(f"a program dies at once (see {plan.var / 'log'}).")
        if time.monotonic() > deadline:
            raise CannotStartError(f"/healthz does not answer (see {plan.var / 'log'}/web.log).")
        time.sleep(0.2)


def _answers(plan: Plan) -> bool:
    link = http.client.HTTPConnection(ports.LOOPBACK, plan.port, timeout=5)
    try:
        link.request("GET", "/healthz", headers={"Host": plan.host})
        return link.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        link.close()


def port_from(words: list[str]) -> int:
    """Return the port of the command line or of PORT, or end with one clear line."""
    given = words[0] if words else os.environ.get("PORT", "8000")
    if not given.isdecimal() or not 1024 <= int(given) <= 65535:
        sys.exit(f"PORT={given} is not a port: take a number from 1024 to 65535.")
    return int(given)
