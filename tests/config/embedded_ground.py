"""Grounds on which the embedded PostgreSQL is tried."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from storefront.config import embedded, embedded_place

ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root can act for another account")


def connect(data: Path) -> "psycopg.Connection[tuple[Any, ...]]":
    told = embedded.connection_settings(data)
    return psycopg.connect(
        host=told["HOST"],
        port=int(told["PORT"]),
        user=told["USER"],
        dbname=told["NAME"],
        autocommit=True,
    )


def setting(data: Path, name: str) -> str:
    with connect(data) as link:
        row = link.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split()[0])


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)


def kill(data: Path) -> None:
    """End the server's first process as a power cut would, and wait until it is gone."""
    pid = postmaster(data)
    os.kill(pid, signal.SIGKILL)
    while alive(pid):
        time.sleep(0.01)


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that every account may enter, with a space in its name, and one for the sockets."""
    folder = Path(tempfile.mkdtemp(prefix="zila test "))
    sockets = Path(tempfile.mkdtemp(prefix="zila-sockets-"))
    folder.chmod(0o755)
    sockets.chmod(0o1777)
    monkeypatch.setattr(embedded_place, "SOCKET_PARENT", sockets)
    yield folder
    for version in folder.glob("*/var/postgres/PG_VERSION"):
        embedded.start(version.parent, durable=False).stop()
    shutil.rmtree(folder)
    shutil.rmtree(sockets)


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A cluster at rest, for copies: making one takes a second."""
    folder = Path(tempfile.mkdtemp(prefix="zila-made-"))
    folder.chmod(0o755)
    embedded.start(folder / "postgres", durable=False).stop()
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def empty(ground: Path) -> Path:
    """The place of a cluster that is still to be made."""
    return ground / "my shop" / "var" / "postgres"


@pytest.fixture
def data(empty: Path, made: Path) -> Path:
    """A cluster at rest."""
    empty.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", made, empty], check=True)
    return empty


def in_a_process_of(uid: int, act: Callable[[], None]) -> str:
    """Run `act` in a child process with another account; return its error's words, or ''."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = ""
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            act()
        except BaseException as error:  # noqa: BLE001 -- the parent shows it
            told = f"{type(error).__name__}: {error}"
        os.write(writing, told.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as pipe:
        return pipe.read()
