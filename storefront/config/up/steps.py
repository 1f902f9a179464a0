"""Getting the shop ready: what happens once, between the database's start and the web server's."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storefront.config.environment import ROOT
from storefront.config.up.memory import Memory, digest_of
from storefront.config.up.plan import Plan, manage
from storefront.config.up.screen import say, step

LINES_OF_A_FAILURE = 20


class StepFailedError(Exception):
    """A step of the start failed; the message says which, and where its words are."""


def prepare(plan: Plan) -> None:
    """
    Bring schema, roles, demo shop and static files up to date, leaving out what is done.

    Raises:
        StepFailedError: with the end of what the step said.
    """
    memory = Memory(plan.var / "state.json")
    static = digest_of(static_files(), _requirements(), plan.environment.theme)
    if _is_collected(plan) and memory.has_done("static", static):
        _prepare_database(plan, memory)
        return
    # It asks no database: the other steps need not wait for it.
    with _beside(plan, "collectstatic", "--no-input", "--verbosity=0"):
        _prepare_database(plan, memory)
    memory.note("static", static)


def _prepare_database(plan: Plan, memory: Memory) -> None:
    database = _identity_of_database(plan)
    schema = digest_of(_migrations(), _requirements(), database)
    # Another person's server may have been emptied since: there the steps are always asked for.
    forget = bool(plan.environment.database_url)
    if forget or not memory.has_done("schema", schema):
        with step("bringing the schema up to date"):
            _run(plan, "schema_snapshot", "apply")
        memory.note("schema", schema)
    rights = [ROOT / "storefront/accounts/roles.py", ROOT / "cms/roles.py"]
    roles = digest_of(rights, schema)
    if forget or not memory.has_done("roles", roles):
        with step("setting up roles"):
            _run(plan, "setup_roles")
        memory.note("roles", roles)
    if not memory.has_done("demo", database):
        say("  loading the demo shop (only the first time)")
        _run(plan, "seed_demo", "--stage", "orders", shown=True)
        memory.note("demo", database)


def _identity_of_database(plan: Plan) -> str:
    """Return what tells this database from another: a deleted one must not pass as prepared."""
    if plan.environment.database_url:
        return digest_of([], plan.environment.database_url)
    made = (plan.var / "postgres" / "PG_VERSION").stat()
    return f"{made.st_mtime_ns}"


def _migrations() -> list[Path]:
    return [
        file
        for package in ("storefront", "cms", "fixtures")
        for file in (ROOT / package).glob("**/*migrations/*.py")
    ]


def static_files() -> list[Path]:
    """Return the style sheets, scripts and pictures that are ours."""
    return [
        file
        for package in ("themes", "storefront", "cms")
        for file in (ROOT / package).glob("**/static/**/*")
        if file.is_file()
    ]


def _is_collected(plan: Plan) -> bool:
    return (plan.var / "static" / "staticfiles.json").is_file()


def _requirements() -> str:
    return digest_of([ROOT / "requirements.txt"])


def _run(plan: Plan, *words: str, shown: bool = False) -> None:
    with _beside(plan, *words, shown=shown):
        pass


@contextmanager
def _beside(plan: Plan, *words: str, shown: bool = False) -> Iterator[None]:
    """Run a management command beside what the block does; both are over when it ends."""
    log = plan.var / "log" / f"{words[0]}.log"
    with log.open("ab") as file:
        begin = file.tell()
        step = subprocess.Popen(  # noqa: S603 -- our own commands
            manage(*words),
            cwd=ROOT,
            env=plan.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=None if shown else file,
            stderr=file,
        )
        try:
            yield
            step.wait()
        except BaseException:
            step.kill()
            step.wait()  # while it lives it uses the database, which could not be stopped
            raise
    if step.returncode:
        told = log.read_bytes()[begin:].decode(errors="replace").strip().splitlines()
        lines = [line for line in told if " INFO " not in line]
        end = "\n".join(["", *lines[-LINES_OF_A_FAILURE:]])
        raise StepFailedError(f"'manage.py {' '.join(words)}' failed (see {log}).{end}")
