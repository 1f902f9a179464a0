"""The embedded PostgreSQL in trouble: lost data, full disks, other people."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

from storefront.config import embedded, embedded_place
from storefront.config.embedded import EmbeddedError
from tests.config.embedded_ground import (
    ROOT,
    alive,
    as_root,
    connect,
    in_a_process_of,
    postmaster,
    setting,
)


def test_a_server_whose_data_was_deleted_gives_way_to_a_new_one(data: Path) -> None:
    embedded.start(data, durable=False)
    before = postmaster(data)
    shutil.rmtree(data)

    assert embedded.start(data, durable=False).started
    assert not alive(before)


def test_a_stopped_server_leaves_nothing_outside_its_folder(data: Path) -> None:
    server = embedded.start(data, durable=False)

    server.stop()

    assert not server.place.socket.exists()


def test_data_of_another_version_is_refused_and_kept(data: Path) -> None:
    embedded.start(data, durable=False).stop()
    (data / "PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedError, match="was made by PostgreSQL 16, and this is 18"):
        embedded.start(data)

    (data / "PG_VERSION").write_text("18\n")
    with embedded.running(data, durable=False):
        assert embedded.is_running(data)


def test_broken_data_is_reported_with_the_servers_own_words(data: Path) -> None:
    embedded.start(data, durable=False).stop()
    control = data / "global" / "pg_control"
    control.rename(data / "kept")

    with pytest.raises(EmbeddedError, match=r"does not start: .*global/pg_control.*postgres\.log"):
        embedded.start(data)

    (data / "kept").rename(control)
    with embedded.running(data, durable=False):
        assert embedded.is_running(data)


def test_a_path_the_starter_cannot_take_is_refused(ground: Path) -> None:
    with pytest.raises(EmbeddedError, match="rename a folder"):
        embedded.start(ground / "five $ shop" / "postgres")


def test_a_full_disk_is_one_clear_line(ground: Path) -> None:
    disk = ground / "small disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", str(disk)]
    if not ROOT or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        with pytest.raises(EmbeddedError, match="the disk is full"):
            embedded.start(disk / "var" / "postgres")
        assert not (disk / "var" / "postgres").exists()
    finally:
        subprocess.run(["umount", disk], check=True)


@as_root
def test_an_ordinary_user_runs_it_too(empty: Path) -> None:
    empty.parent.mkdir(parents=True)
    entry = pwd.getpwnam("nobody")
    os.chown(empty.parent, entry.pw_uid, entry.pw_gid)

    def act() -> None:
        with embedded.running(empty, durable=False):
            assert setting(empty, "fsync") == "off"

    assert in_a_process_of(entry.pw_uid, act) == ""
    assert empty.stat().st_uid == entry.pw_uid


@as_root
def test_anothers_data_is_refused_with_one_line(data: Path) -> None:
    embedded.start(data, durable=False)

    told = in_a_process_of(61234, lambda: embedded.start(data).stop())

    assert told.startswith("EmbeddedError: ")
    assert told.endswith("or take it over with chown.")
    assert embedded.is_running(data)


@as_root
def test_root_keeps_the_data_where_the_servers_account_may_go(
    ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_place, "SHELTER", ground / "shelter")
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "var" / "postgres"

    with embedded.running(data, durable=False), connect(data) as link:
        link.execute("CREATE TABLE craft ()")

    assert closed.stat().st_mode & 0o777 == 0o700
    assert data.is_symlink()
    assert data.resolve().is_relative_to(ground / "shelter")
    with embedded.running(data, durable=False), connect(data) as link:
        assert link.execute("SELECT to_regclass('craft')").fetchone() == ("craft",)


@as_root
def test_root_copies_the_programs_when_their_folder_is_closed(
    ground: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    for name in (embedded_place.PACKAGE, f"{embedded_place.PACKAGE}.libs"):
        (closed / name).symlink_to(embedded_place.program("").parents[2] / name)
    monkeypatch.setattr(embedded_place, "SHELTER", ground / "shelter")
    monkeypatch.setattr(embedded_place, "_package_folder", lambda: closed / embedded_place.PACKAGE)

    with embedded.running(data, durable=False) as server:
        assert server.place.programs.is_relative_to(ground / "shelter")
        assert setting(data, "server_version").startswith("18")


@as_root
def test_root_says_so_when_there_is_no_harmless_place(
    ground: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ground / "in the way").touch()
    monkeypatch.setattr(embedded_place, "SHELTER", ground / "in the way" / "shelter")
    closed = ground / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(EmbeddedError, match="run it as an ordinary user, or set DATABASE_URL"):
        embedded.start(closed / "var" / "postgres")

    assert closed.stat().st_mode & 0o777 == 0o700
