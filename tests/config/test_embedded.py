"""The embedded PostgreSQL: made, started, shared, stopped."""

import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from storefront.config import embedded, embedded_place
from tests.config.embedded_ground import (
    ROOT,
    alive,
    connect,
    kill,
    postmaster,
    setting,
)


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
