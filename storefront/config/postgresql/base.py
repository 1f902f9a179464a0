"""Django's connection to PostgreSQL, which asks and reads at less cost."""

import time
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader

# psycopg remembers how it reads a statement, if that has up to fifty values. The lines of an
# order of two pieces have more, and to read it anew is a twentieth of what an order costs.
psycopg._queries.MAX_CACHED_STATEMENT_PARAMS = 200  # noqa: SLF001 -- there is no public word for it
# If the server was started again within so short a time, one request fails as those do that
# were under way; Django then connects anew.
TRUSTED_SECONDS = 1.0
# Cursors that one connection keeps; the one that was used longest ago makes room.
MOST_CURSORS = 256


class Moments(TimestamptzLoader):
    """
    Moments as the server writes them, read by Python itself and not by a pattern of psycopg's.

    Every row has some, and this takes a tenth of the time. `timezone` is what Django asks for.
    """

    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        """Return the moment; what Python does not know (a year before Christ) psycopg refuses."""
        try:
            return datetime.fromisoformat(bytes(data).decode())
        except ValueError:
            return super().load(data)


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Django's own, without a `SELECT 1` ahead of a request that follows closely on another.

    On a busy shop these were a fifteenth of what a page costs. And with cursors that are kept.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answered_at = 0.0
        self._cursors: dict[str, Any] = {}

    def cursor_for(self, sql: str) -> Any:
        """
        Return the cursor that asks just this statement on this connection.

        While it hears the very same text, psycopg need not find out again how the values are
        written and read: an eighth of what a statement costs. An answer is to be read at once.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        kept = self._cursors.pop(sql, None)
        if kept is None or kept.connection is not self.connection:
            kept = self.create_cursor()
            if len(self._cursors) >= MOST_CURSORS:
                del self._cursors[next(iter(self._cursors))]
        self._cursors[sql] = kept
        return self._prepare_cursor(kept)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; moments are read in UTC, as Django asks for them unless told otherwise."""
        connection = super().get_new_connection(conn_params)
        if self.timezone is UTC:
            connection.adapters.register_loader("timestamptz", Moments)
        return connection

    def close_if_unusable_or_obsolete(self) -> None:
        """Note when a request ends that used the connection: Django calls this around each."""
        if self.health_check_done and not self.errors_occurred:
            self._answered_at = time.monotonic()
        super().close_if_unusable_or_obsolete()

    def close_if_health_check_failed(self) -> None:
        """Ask whether the server still answers, unless it did just now."""
        if time.monotonic() - self._answered_at < TRUSTED_SECONDS:
            self.health_check_done = True
        super().close_if_health_check_failed()
