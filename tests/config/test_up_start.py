"""`make run` says clearly why it cannot start, and remembers what it did before."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from storefront.config import embedded
from storefront.config.environment import ROOT
from storefront.config.up import launch, ports
from storefront.config.up.launch import CannotStartError
from storefront.config.up.memory import Memory, digest_of
from storefront.config.up.screen import say


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as other:
        return int(other.getsockname()[1])


def up(var: Path, port: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "storefront.config.up", port],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(var)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_named_with_another_to_try(var: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = up(var, str(port))

    assert ended.returncode == 1
    assert f"Port {port} is taken. Try: make run PORT={port + 1}" in ended.stdout
    assert not (var / "postgres").exists()


def test_a_port_that_is_none_is_refused(var: Path) -> None:
    ended = up(var, "http")

    assert ended.returncode == 1
    assert ended.stderr == "PORT=http is not a port: take a number from 1024 to 65535.\n"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("DATABASE_URL", "postgresql://zila@127.0.0.1:9/zila"),
        ("REDIS_URL", "redis://127.0.0.1:9/0"),
    ],
)
def test_a_server_that_does_not_answer_is_named_before_anything_starts(
    var: Path, monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    monkeypatch.setenv(name, address)

    ended = up(var, str(free_port()))

    assert ended.returncode == 1
    assert ended.stdout.startswith(f"\nZila cannot start: {name}: ")
    assert "refused" in ended.stdout
    assert ended.stdout.count("\n") == 2
    assert ended.stderr == ""


def test_a_second_start_of_the_same_project_is_told_where_the_first_is(var: Path) -> None:
    with launch.alone(var / "run" / "up.lock", "http://127.0.0.1:8000/"):
        ended = up(var, "8123")

    assert ended.returncode == 1
    told = f"this project runs already at http://127.0.0.1:8000/ (process {os.getpid()})."
    assert told in ended.stdout


def test_a_full_disk_is_told_before_anything_starts(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "LEAST_FREE_BYTES", 10**18)

    with pytest.raises(CannotStartError, match=r"MB left, and 1000 MB are needed"):
        launch.check_disk(var)


def test_the_offline_stripe_keeps_its_port_until_another_takes_it(var: Path) -> None:
    first = ports.kept_port(var / "ports.json", "stripe")

    assert ports.kept_port(var / "ports.json", "stripe") == first
    with socket.create_server(("127.0.0.1", first)):
        assert ports.kept_port(var / "ports.json", "stripe") != first


def test_a_step_is_done_again_only_when_its_material_changed(var: Path) -> None:
    material = var / "requirements.txt"
    material.write_text("django")
    Memory(var / "state.json").note("schema", digest_of([material], "here"))

    later = Memory(var / "state.json")

    assert later.has_done("schema", digest_of([material], "here"))
    assert not later.has_done("roles", digest_of([material], "here"))
    assert not later.has_done("schema", digest_of([material], "elsewhere"))
    material.write_text("django, newer")
    assert not later.has_done("schema", digest_of([material], "here"))


@pytest.mark.parametrize("cut_off", ["", '{"stripe": 84', "[]"])
def test_a_note_cut_off_by_a_power_cut_is_forgotten(var: Path, cut_off: str) -> None:
    (var / "ports.json").write_text(cut_off)
    (var / "state.json").write_text(cut_off)

    assert ports.kept_port(var / "ports.json", "stripe") > 0
    assert not Memory(var / "state.json").has_done("schema", "here")


def test_an_impatient_ctrl_c_while_a_step_runs_leaves_no_database() -> None:
    var = Path(tempfile.mkdtemp(prefix="zila-impatient-"))
    var.chmod(0o755)
    launcher = subprocess.Popen(
        [sys.executable, "-m", "storefront.config.up", str(free_port())],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(var), "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    while "bringing the schema" not in launcher.stdout.readline():
        assert launcher.poll() is None

    while launcher.poll() is None:
        launcher.send_signal(signal.SIGINT)
        time.sleep(0.05)

    assert "Everything is stopped." in launcher.stdout.read()
    assert not embedded.is_running(var / "postgres")
    shutil.rmtree(var, ignore_errors=True)  # its last files go away by themselves


def test_a_closed_terminal_does_not_keep_the_programs_from_being_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.stdout", os.fdopen(writing, "w"))

    say("Stopping …")
    say("Everything is stopped.")

    assert not os.isatty(sys.stdout.fileno())
