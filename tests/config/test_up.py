"""`make run` starts, watches and stops its own programs, and says clearly when it cannot."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.contrib.staticfiles.finders import get_finders

from storefront.config.environment import ROOT, Environment
from storefront.config.up import children as children_module
from storefront.config.up import launch, leftovers, steps
from storefront.config.up.children import Children
from storefront.config.up.plan import MARK, Plan, Program

SLEEPER = "import time; time.sleep(100)"
SLEEPING_FAMILY = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{SLEEPER}'])"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); "
DYING = "import sys; print('ERROR the till is empty'); sys.exit(3)"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", f"import os; print('pid', os.getpid(), flush=True); {code}"]


def wait_for(condition: Callable[[], Any], seconds: float = 10) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the tests' settings put into the surroundings."""
    for name in ("SHOP_URL", "STRIPE_API_BASE", "STRIPE_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def family(var: Path) -> Iterator[Callable[..., Children]]:
    made: list[Children] = []

    def make(**programs: str) -> Children:
        listed = [Program(name, python(code)) for name, code in programs.items()]
        children = Children(listed, var=var, surroundings=os.environ | {MARK: str(var)})
        made.append(children)
        children.start(in_background=False)
        return children

    yield make
    for children in made:
        children.stop()


def pid_of(var: Path, name: str) -> int:
    """Return the number that the program wrote into its log when it last started."""
    log = var / "log" / f"{name}.log"
    return int(wait_for(lambda: re.findall(r"^pid (\d+)\n", log.read_text(), re.MULTILINE))[-1])


def environment(**given: Any) -> Environment:
    return Environment(_env_file=None, **given)


def test_a_real_key_switches_the_offline_stripe_off(var: Path) -> None:
    real = environment(stripe_secret_key="sk_test_51real", var_dir=var)

    assert launch.stripe_port(real) is None
    plan = Plan(real, 8000, launch.stripe_port(real))
    assert "stripe" not in [program.name for program in plan.programs]
    assert "STRIPE_API_BASE" not in plan.surroundings


def test_the_programs_learn_the_addresses_of_this_start(var: Path) -> None:
    plan = Plan(environment(var_dir=var), 8017, 8500)

    assert [program.name for program in plan.programs] == ["stripe", "web", "worker", "clock"]
    assert plan.surroundings["SHOP_URL"] == "http://127.0.0.1:8017"
    assert plan.surroundings["STRIPE_API_BASE"] == "http://127.0.0.1:8500"
    assert "http://127.0.0.1:8017/webhooks/stripe/" in plan.programs[0].command


def test_what_no_page_needs_waits_for_the_first_page(var: Path) -> None:
    plan = Plan(environment(var_dir=var), 8017, None)
    programs = {program.name: program.in_background for program in plan.programs}

    assert programs == {"web": False, "worker": True, "clock": True}


def test_a_public_address_is_kept(var: Path) -> None:
    public = environment(
        var_dir=var,
        shop_url="https://zila.example",
        django_secret_key="k" * 40,
        stripe_secret_key="sk_test_51real",
        stripe_webhook_secrets="whsec_real",
    )
    plan = Plan(public, 8017, None)

    assert "SHOP_URL" not in plan.surroundings
    assert plan.host == "zila.example"


def test_a_program_that_dies_is_reported_and_started_again(
    var: Path, family: Callable[..., Children], capsys: pytest.CaptureFixture[str]
) -> None:
    children = family(till=DYING, web=SLEEPER)
    first, web = pid_of(var, "till"), pid_of(var, "web")

    def started_again() -> bool:
        children.watch()
        return pid_of(var, "till") != first

    wait_for(started_again)
    told = capsys.readouterr().out
    assert "till | ERROR the till is empty" in told
    assert "till ended (code 3); it is started again in 1 s." in told
    assert pid_of(var, "web") == web


def test_the_pause_before_a_new_start_grows(
    family: Callable[..., Children],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(children_module, "LONGEST_PAUSE_SECONDS", 2)
    children = family(till="raise SystemExit(1)")

    def died_thrice() -> bool:
        children.watch()
        return children.most_deaths() == 3

    wait_for(died_thrice)
    told = capsys.readouterr().out
    assert [f"again in {pause} s" in told for pause in (1, 2, 4)] == [True, True, False]


def test_stopping_ends_the_programs_and_their_own_children(
    var: Path, family: Callable[..., Children]
) -> None:
    children = family(web=SLEEPING_FAMILY)
    group = pid_of(var, "web")
    wait_for(lambda: len(leftovers.members(group)) == 2)

    children.stop()

    assert leftovers.members(group) == []


def test_a_program_that_does_not_listen_is_killed(
    var: Path, family: Callable[..., Children], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "GRACE_SECONDS", 0.3)
    children = family(web=DEAF + SLEEPER)
    wait_for(lambda: (var / "log" / "web.log").read_text().endswith("deaf\n"))
    group = pid_of(var, "web")

    children.stop()

    assert leftovers.members(group) == []


def test_what_a_killed_start_left_is_ended_at_the_next(
    var: Path, family: Callable[..., Children]
) -> None:
    family(web=SLEEPING_FAMILY)
    group = pid_of(var, "web")
    wait_for(lambda: len(leftovers.members(group)) == 2)
    os.kill(group, signal.SIGKILL)  # the first process is gone, its child lives on
    wait_for(lambda: len(leftovers.members(group)) == 1)

    assert leftovers.end_leftovers(var) == 1
    assert leftovers.members(group) == []
    assert leftovers.end_leftovers(var) == 0


def test_a_first_filling_that_outlived_its_start_is_ended(var: Path) -> None:
    # A step of the start has the launcher's group: in a script that is the script's own.
    step = subprocess.Popen(python(SLEEPER), env=os.environ | {MARK: str(var)})

    assert leftovers.end_leftovers(var) == 1

    assert not psutil.pid_exists(step.pid)
    step.wait()


def test_another_projects_program_is_left_alone(var: Path, tmp_path: Path) -> None:
    marked = os.environ | {MARK: str(tmp_path / "another var")}
    other = subprocess.Popen(python(SLEEPER), start_new_session=True, env=marked)

    assert leftovers.end_leftovers(var) == 0

    assert psutil.Process(other.pid).is_running()
    other.kill()
    other.wait()


def test_whatever_static_file_of_ours_changes_the_next_start_collects_it() -> None:
    found = {Path(path) for finder in get_finders() for path in _files_of(finder)}
    ours = {path for path in found if ROOT in path.parents and ".venv" not in path.parts}

    assert ours
    assert ours <= set(steps.static_files())


def _files_of(finder: Any) -> Iterator[str]:
    for name, storage in finder.list([]):
        yield storage.path(name)
