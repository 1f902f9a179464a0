"""The run's own PostgreSQL: filled databases are kept as templates, and each run gets copies."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from benchmarks.processes import cpu_seconds
from storefront.config import embedded
from storefront.config.up.screen import remark

KEPT, HALF = "kept_", "half_"


@dataclass(frozen=True, slots=True)
class Server:
    """The running PostgreSQL."""

    data: Path

    def url(self, name: str) -> str:
        """Return a database's address, as in DATABASE_URL."""
        told = embedded.connection_settings(self.data)
        return f"postgres://{told['USER']}@{quote(told['HOST'], safe='')}:{told['PORT']}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """Open a connection for our own questions; each statement counts at once."""
        told = embedded.connection_settings(self.data)
        return psycopg.connect(
            host=told["HOST"],
            port=told["PORT"],
            user=told["USER"],
            dbname=name,
            autocommit=True,
        )

    def template(self, name: str, fill: Callable[[str], None], *, start: str = "template0") -> str:
        """
        Return the kept database of that name; the first time `fill` is called to make it.

        It begins as a copy of `start`. A fill that was broken off leaves nothing behind.
        """
        kept = f"{KEPT}{name}"
        if not self._exists(kept):
            half = f"{HALF}{name}"
            self.copy(start, half)
            fill(half)
            with self.connect(half) as link:
                link.execute("VACUUM (FREEZE, ANALYZE)")
            with self.connect() as link:
                link.execute(_named("ALTER DATABASE {} RENAME TO {}", half, kept))
        return kept

    def copy(self, source: str, target: str) -> None:
        """Make a database as a copy of another, in place of the one with that name."""
        self.drop(target)
        with self.connect() as link:
            link.execute(
                _named("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", target, source)
            )

    def drop(self, name: str) -> None:
        """Remove a database, if there is one of that name."""
        with self.connect() as link:
            link.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))

    def drop_outdated(self, wanted: set[str]) -> None:
        """Remove what was filled in an older way for these kinds and sizes, or half filled."""
        kinds = {name.rpartition("_")[0] for name in wanted}
        with self.connect() as link:
            found = [str(name) for (name,) in link.execute("SELECT datname FROM pg_database")]
        for name in found:
            kept = name.removeprefix(KEPT)
            outdated = kept != name and kept.rpartition("_")[0] in kinds and kept not in wanted
            if outdated or name.startswith(HALF):
                self.drop(name)

    def cpu_seconds(self) -> float:
        """Return the processor time of the server and of its connections that are still open."""
        first = (self.data / "postmaster.pid").read_text().split()[0]
        server = psutil.Process(int(first))
        return cpu_seconds([server, *server.children(recursive=True)])

    def _exists(self, name: str) -> bool:
        with self.connect() as link:
            asked = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return asked.fetchone() is not None


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Run PostgreSQL for the length of the block: durable, as in production."""
    data = folder / "postgres"
    with embedded.running(data, report=remark):
        yield Server(data)


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))
