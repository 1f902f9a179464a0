"""The schema snapshot loads in seconds; that it is right is told by `make check`, in a minute."""

import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storefront.config import snapshot
from storefront.config.environment import ROOT


@pytest.fixture
def var() -> Iterator[Path]:
    """A place for an empty database of its own, which the server's account may enter."""
    with tempfile.TemporaryDirectory(prefix="zila-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def manage(var: Path, *words: str) -> str:
    tests_own = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    surroundings = {name: word for name, word in os.environ.items() if name not in tests_own}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=surroundings | {"VAR_DIR": str(var)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def test_after_the_snapshot_there_is_nothing_to_migrate(var: Path) -> None:
    first = manage(var, "schema_snapshot", "apply")
    second = manage(var, "schema_snapshot", "apply")

    assert first == "The schema came from the snapshot.\n"
    assert second.endswith("No migrations to apply.\nThe schema came from the migrations.\n")
    assert manage(var, "makemigrations", "--check", "--dry-run") == "No changes detected\n"


def test_a_changed_migration_makes_the_snapshot_useless_and_a_new_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"{name} {digest}" for name, digest in snapshot.migration_digests().items()]
    monkeypatch.setattr(snapshot, "DIGEST", tmp_path / "digest.txt")

    verdicts = []
    for kept in (lines, lines[:-1], [*lines[:-1], f"{lines[-1]}0"], [*lines, "gone.0001 00"], []):
        snapshot.DIGEST.write_text("\n".join(kept))
        verdicts.append(snapshot.is_usable())

    assert verdicts == [True, True, False, False, False]


def test_the_digest_of_all_migrations_stays_and_has_one_line_for_each() -> None:
    digests = snapshot.migration_digests()

    assert snapshot.migrations_digest() == snapshot.migrations_digest()
    assert {"order.0001_initial", "wagtailcore.0001_initial"} <= digests.keys()


def test_two_dumps_differ_only_in_times_and_random_keys() -> None:
    one = "('2026-01-02 03:04:05.678901+00', '0b6f1c8e-52a2-4a5c-9d1e-3a7b5c1d2e3f', 'Gonda')"
    two = "('2026-02-03 04:05:06+00', '11111111-2222-4333-8444-555555555555', 'Gonda')"

    assert snapshot.comparable(one) == snapshot.comparable(two)
    assert snapshot.comparable(two) != snapshot.comparable(two.replace("Gonda", "Gondi"))


def test_the_file_does_not_change_with_the_hour_it_is_packed() -> None:
    assert snapshot.SCHEMA.read_bytes() == gzip.compress(snapshot.stored().encode(), mtime=0)
