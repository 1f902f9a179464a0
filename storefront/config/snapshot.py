"""The database as all migrations leave it, kept in a file that loads in seconds."""

import gzip
import hashlib
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from storefront.config import embedded
from storefront.config.embedded_place import MAJOR, program
from storefront.config.environment import ROOT

FOLDER = ROOT / "fixtures" / "snapshot"
SETTINGS_MODULE = "storefront.config.settings"
SCHEMA = FOLDER / "schema.sql.gz"
DIGEST = FOLDER / "digest.txt"


def migration_digests() -> dict[str, str]:
    """Return the digest of each installed app's migrations, by name ('order.0001_initial')."""
    return {
        f"{app.label}.{file.stem}": hashlib.sha256(file.read_bytes()).hexdigest()[:16]
        for app in sorted(apps.get_app_configs(), key=attrgetter("label"))
        for file in sorted(_migration_files(app.label))
    }


def migrations_digest() -> str:
    """Return one digest over all migrations: equal when the schema they make is equal."""
    listing = "\n".join(f"{name} {digest}" for name, digest in migration_digests().items())
    return hashlib.sha256(listing.encode()).hexdigest()


def is_usable() -> bool:
    """Whether the migrations inside the snapshot are as they were; new ones may follow."""
    return bool(kept := _kept_digests()) and kept.items() <= migration_digests().items()


def restore_if_current(connection: BaseDatabaseWrapper) -> bool:
    """
    Bring an empty database to the newest schema by way of the snapshot, if that is possible.

    Return False, having done nothing, when the database holds tables, the server is not the
    PostgreSQL the snapshot was made with, or a migration inside the snapshot was changed.
    Migrations newer than the snapshot are run as usual.
    """
    connection.ensure_connection()
    if connection.introspection.table_names() or not is_usable():
        return False
    if connection.connection.info.server_version // 10_000 != int(MAJOR):
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(stored())
    connection.close()  # the script changed the session's search path
    if _kept_digests() != migration_digests():
        call_command("migrate", database=connection.alias, interactive=False, verbosity=0)
    return True


def stored() -> str:
    """Return the snapshot's SQL."""
    return gzip.decompress(SCHEMA.read_bytes()).decode()


def fresh(report: Callable[[str], None] = embedded.say) -> str:
    """Run every migration in a server of its own, made for the purpose, and return its dump."""
    with tempfile.TemporaryDirectory(prefix="zila-snapshot-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 -- under root the server's account must get in
        data = Path(folder) / "postgres"
        with embedded.running(data, durable=False, report=report):
            report("running all migrations (about a minute)")
            _migrate(data)
            _order_rows(data)
            return _without_psql_words(_dump(data))


def comparable(script: str) -> str:
    """Return the script with what differs from run to run, times and random keys, blanked out."""
    script = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00", "<time>", script)
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>", script)


def is_right(report: Callable[[str], None] = embedded.say) -> bool:
    """Return whether the snapshot holds just what all migrations make; takes about a minute."""
    return comparable(fresh(report)) == comparable(stored())


def write_snapshot(report: Callable[[str], None] = embedded.say) -> bool:
    """Make the snapshot anew from the migrations; return whether its content changed."""
    script = fresh(report)
    changed = not SCHEMA.exists() or comparable(script) != comparable(stored())
    FOLDER.mkdir(parents=True, exist_ok=True)
    if changed:
        SCHEMA.write_bytes(gzip.compress(script.encode(), mtime=0))
    lines = [f"{name} {digest}\n" for name, digest in migration_digests().items()]
    DIGEST.write_text("".join(lines))
    return changed


def _kept_digests() -> dict[str, str]:
    if not DIGEST.exists() or not SCHEMA.exists():
        return {}
    return dict(line.split() for line in DIGEST.read_text().splitlines())


def _migration_files(label: str) -> list[Path]:
    # The files are not imported: wagtail-localize's first one asks the database when it is.
    package, _ = MigrationLoader.migrations_module(label)
    try:
        folders = list(importlib.import_module(package).__path__) if package else []
    except ModuleNotFoundError:
        return []  # an app without migrations
    found = pkgutil.iter_modules(folders)
    return [
        Path(folders[0]) / f"{module.name}.py" for module in found if module.name[0] not in "_~"
    ]


def _migrate(data: Path) -> None:
    told = embedded.connection_settings(data)
    url = (
        f"postgresql://{told['USER']}@{quote(told['HOST'], safe='')}:{told['PORT']}/{told['NAME']}"
    )
    # Django notes replaced migrations in the order of a set: with a fixed seed, of the same one.
    decided = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | decided | {"PYTHONHASHSEED": "1"},
        stdin=subprocess.DEVNULL,
        check=True,
    )


def _order_rows(data: Path) -> None:
    """Put each table's rows into the order of their keys, so that two dumps can be compared."""
    told = embedded.connection_settings(data)
    with psycopg.connect(
        host=told["HOST"], port=told["PORT"], user=told["USER"], dbname=told["NAME"]
    ) as link:
        keys = link.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'p' AND connamespace = 'public'::regnamespace"
        ).fetchall()
        for table, key in keys:
            names = {"table": sql.SQL(table), "key": sql.Identifier(key)}
            link.execute(sql.SQL("CLUSTER {table} USING {key}").format(**names))
            link.execute(sql.SQL("ALTER TABLE {table} SET WITHOUT CLUSTER").format(**names))


def _dump(data: Path) -> str:
    told = embedded.connection_settings(data)
    # Rows as INSERT, not COPY: then any client can load the script, not psql alone.
    options = "--no-owner --no-privileges --rows-per-insert=500".split()  # noqa: SIM905 -- reads better in one line
    address = ["-h", told["HOST"], "-p", told["PORT"], "-U", told["USER"], told["NAME"]]
    command = [str(program("pg_dump")), *options, *address]
    dumped = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    return dumped.stdout


def _without_psql_words(script: str) -> str:
    # `\restrict` is a word for psql, and carries a random key.
    return re.sub(r"^\\(un)?restrict .*\n", "", script, flags=re.MULTILINE)
