"""SQL that is asked again and again, by a cursor that is kept for it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections

Params = Sequence[Any] | Mapping[str, Any]


def rows_of(sql: str, params: Params, *, on: Any = None) -> list[Any]:
    """
    Return what the database answers; another than the shop's by its connection, `on`.

    `sql` is a text that is kept, not one made for the call.
    """
    return list(_run(sql, params, on).fetchall())


def execute(sql: str, params: Params, *, on: Any = None) -> None:
    """Let the database do something that has no answer; as `rows_of`."""
    _run(sql, params, on)


def _run(sql: str, params: Params, connection: Any) -> Any:
    # Our own kind of connection has it: see `config.postgresql`.
    cursor = (connection or cast(Any, connections[DEFAULT_DB_ALIAS])).cursor_for(sql)
    cursor.execute(sql, params)
    return cursor
