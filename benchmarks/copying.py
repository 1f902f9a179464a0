"""Rows by the thousand: PostgreSQL's COPY, with what Django would write as the pattern."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model

_FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def put(pattern: Model, changes: Iterable[Mapping[str, Any]]) -> None:
    """Write rows like the pattern, each with other values for some columns, its number included."""
    table = pattern._meta.db_table  # noqa: SLF001 -- Django's documented model API
    like = {
        field.column: field.get_db_prep_save(field.pre_save(pattern, add=True), connection)
        for field in pattern._meta.concrete_fields  # noqa: SLF001 -- as above
    }
    columns = ", ".join(f'"{column}"' for column in like)
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for change in changes:
                copy.write_row(tuple({**like, **change}.values()))
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\""
        )


def moment(number: int) -> datetime:
    """Return when the product of that number came: a minute after the one before."""
    return _FIRST_DAY + timedelta(minutes=number)
