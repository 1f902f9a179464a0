"""The shop's own PostgreSQL starts, stops and recovers, whoever runs it and wherever it lies."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from storefront.config import embedded, embedded_place
from storefront.config.embedded import EmbeddedError

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


def test_the_first_start_makes_a_database_that_answers(empty: Path) -> None:
    server = embedded.start(empty)

    assert server.started
    assert embedded.is_running(empty)
    assert setting(empty, "server_version").startswith("18")
    assert setting(empty, "server_encoding") == "UTF8"
    assert setting(empty, "timezone") == "UTC"
    assert setting(empty, "fsync") == "on"


def test_a_second_start_does_nothing_and_a_stop_stops(data: Path) -> None:
    first = embedded.start(data, durable=False)
    before = postmaster(data)

    second = embedded.start(data, durable=False)

    assert (second.started, postmaster(data)) == (False, before)
    first.stop()
    assert not embedded.is_running(data)
    assert not alive(before)
    second.leave()


def test_nothing_listens_on_the_network_and_the_socket_is_private(data: Path) -> None:
    with embedded.running(data, durable=False) as server:
        assert setting(data, "listen_addresses") == ""
        assert psutil.Process(postmaster(data)).net_connections("inet") == []
        assert server.place.socket.stat().st_mode & 0o777 == 0o700
        assert data.stat().st_mode & 0o777 == 0o700


def test_a_test_server_does_not_wait_for_the_disk(data: Path) -> None:
    with embedded.running(data, durable=False):
        assert setting(data, "fsync") == "off"
        assert setting(data, "full_page_writes") == "off"


def test_the_last_to_leave_stops_the_server(data: Path) -> None:
    with embedded.running(data, durable=False):
        with embedded.running(data, durable=False) as guest:
            assert not guest.started
        assert embedded.is_running(data)

    assert not embedded.is_running(data)


def test_the_one_who_started_may_leave_while_another_still_works(data: Path) -> None:
    starter = embedded.start(data, durable=False)
    guest = embedded.start(data, durable=False)

    starter.leave()

    assert embedded.is_running(data)
    guest.leave()
    assert not embedded.is_running(data)


def test_what_was_written_is_there_after_a_stop(data: Path) -> None:
    with embedded.running(data), connect(data) as link:
        link.execute("CREATE TABLE craft AS SELECT 'चिकनकारी' AS name")

    with embedded.running(data), connect(data) as link:
        assert link.execute("SELECT name FROM craft").fetchall() == [("चिकनकारी",)]


def test_a_killed_server_recovers_what_was_committed(data: Path) -> None:
    server = embedded.start(data)
    with connect(data) as link:
        link.execute("CREATE TABLE craft AS SELECT n FROM generate_series(1, 20000) AS n")
    kill(data)

    again = embedded.start(data)

    assert again.started
    with connect(data) as link:
        assert link.execute("SELECT count(*) FROM craft").fetchone() == (20000,)
    server.leave()


def test_a_killed_server_with_a_busy_connection_recovers(data: Path) -> None:
    embedded.start(data)
    link = connect(data)
    address = ["-h", str(embedded_place.socket_folder(data)), "-U", "zila"]
    sleeper = subprocess.Popen(
        [str(embedded_place.program("psql")), *address, "-c", "SELECT pg_sleep(60)"],
        stderr=subprocess.DEVNULL,
    )
    while link.execute("SELECT 1 FROM pg_stat_activity WHERE query ~ '^SELECT pg_sl'").rowcount < 1:
        time.sleep(0.05)
    kill(data)

    assert embedded.start(data).started
    assert sleeper.wait(timeout=10) != 0
    link.close()


def test_a_lock_file_that_names_another_program_is_not_believed(data: Path) -> None:
    embedded.start(data, durable=False)
    lock = (data / "postmaster.pid").read_text()
    kill(data)
    (data / "postmaster.pid").write_text(lock.replace(lock.split()[0], str(os.getpid()), 1))

    assert not embedded.is_running(data)
    assert embedded.start(data, durable=False).started


def test_a_first_start_that_was_killed_half_way_is_made_again(empty: Path) -> None:
    half = empty.with_name("postgres.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with embedded.running(empty, durable=False):
        assert setting(empty, "server_version").startswith("18")

    assert not half.exists()


def test_two_projects_run_side_by_side(ground: Path) -> None:
    one, two = (ground / name / "var" / "postgres" for name in ("one", "two"))
    with embedded.running(one, durable=False), embedded.running(two, durable=False):
        with connect(one) as link:
            link.execute("CREATE TABLE only_in_one ()")
        with connect(two) as link:
            assert link.execute("SELECT to_regclass('only_in_one')").fetchone() == (None,)


def test_starts_at_the_same_time_make_one_server(data: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        servers = list(pool.map(lambda _: embedded.start(data, durable=False), range(4)))

    assert sorted(server.started for server in servers) == [False, False, False, True]
    for server in servers:
        server.leave()
    assert not embedded.is_running(data)


def test_a_deep_folder_still_gets_a_short_socket(ground: Path) -> None:
    deep = ground / ("very-long-name-" * 10) / "var" / "postgres"

    assert len(embedded.connection_settings(deep)["HOST"]) < 60
    with embedded.running(deep, durable=False):
        assert setting(deep, "port") == "5432"


def test_the_programs_ignore_what_the_users_surroundings_say(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("LC_ALL", "nonsense")

    with embedded.running(data, durable=False):
        assert embedded.is_running(data)


def test_a_project_moved_while_its_server_ran_starts_at_its_new_place(ground: Path) -> None:
    old, new = (ground / name / "var" / "postgres" for name in ("old", "new"))
    embedded.start(old, durable=False)
    before = postmaster(old)
    (ground / "old").rename(ground / "new")

    assert embedded.start(new, durable=False).started
    assert postmaster(new) != before
    assert not embedded.is_running(old)


def test_a_copied_project_leaves_the_first_ones_server_alone(ground: Path) -> None:
    first, copy = (ground / name / "var" / "postgres" for name in ("first", "copy"))
    embedded.start(first, durable=False).leave()
    shutil.copytree(ground / "first", ground / "copy", symlinks=True)
    if ROOT:
        subprocess.run(["chown", "-R", "nobody", copy], check=True)
    embedded.start(first, durable=False)
    shutil.copy2(first / "postmaster.pid", copy)

    embedded.start(copy, durable=False)

    assert embedded.is_running(first)
    assert embedded.is_running(copy)


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
