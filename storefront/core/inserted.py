"""Rows that are written and changed at every step of a purchase, by SQL that costs little."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, connections, models, router
from django.db.models import Model

from storefront.core.compiled import LONGEST
from storefront.core.statements import execute, rows_of

Row = TypeVar("Row", bound=Model)
# What these fields hand to the driver is the value itself, if it is of just this type: to ask
# them takes twenty times as long as to look. Other fields, and of other values these, are asked;
# so is one of these kinds that answers in a way of its own.
_PLAIN: dict[type[models.Field[Any, Any]], type] = {
    models.AutoField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.DateField: date,
    models.DateTimeField: datetime,
    models.DecimalField: Decimal,
    models.TextField: str,
    models.UUIDField: UUID,
}
_ASKED = ("pre_save", "get_db_prep_save", "get_db_prep_value", "get_prep_value")


# Fields; of each also where a row keeps it, and the types of values that are sent as they are.
Columns = Sequence[tuple[Any, str, frozenset[type]]]


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL of an insert: which fields of each row it writes, and which it gives back."""

    sql: str
    fields: Columns
    returned: list[Any]


_statements: dict[tuple[Any, ...], _Written | None] = {}


def insert(rows: Iterable[Row]) -> list[Row]:
    """
    Write new rows of one model and return them with their numbers, as `bulk_create` does.

    Like there, no `save` of the model is called and no signal sent. The SQL is kept for each model
    and number of rows (docs/decisions/0015); what the database is to fill in itself, or very many
    rows, go the ordinary way.
    """
    new = list(rows)
    if not new:
        return []
    written = _statement(new)
    if written is None:
        return type(new[0])._default_manager.bulk_create(new)  # noqa: SLF001 -- Django's documented name
    for row, values in zip(new, _sent(written, new), strict=True):
        note(row, written.returned, values)
    return new


def insert_once(rows: Iterable[Row], *, by: Sequence[str]) -> list[Row]:
    """
    Write those rows of one model that are not there yet, and return them with their numbers.

    `by` are the fields that are unique together. Of two that write the same row at once, one
    waits for the other, and gets none.

    Raises:
        TypeError: the database is to fill in a value itself.
    """
    new = list(rows)
    made: list[Row] = []
    for first in range(0, len(new), LONGEST):
        some = new[first : first + LONGEST]
        written = _statement(some, tuple(by))
        if written is None:
            raise TypeError(f"{type(new[0]).__name__}: not plain values")
        keys = written.returned[-len(by) :]
        known = {tuple(getattr(row, key.attname) for key in keys): row for row in some}
        for values in _sent(written, some):
            row = known[tuple(values[-len(by) :])]
            note(row, written.returned, values)
            made.append(row)
    return made


def _sent(written: _Written, new: list[Row]) -> list[Any]:
    connection = connections[router.db_for_write(type(new[0]))]
    params = [value for row in new for value in values_of(row, written.fields, connection)]
    return rows_of(written.sql, params, on=connection)


def values_of(row: Model, fields: Columns, connection: Any) -> list[Any]:
    """Return what is sent to the database of a new row."""
    return [
        value
        if type(value := getattr(row, name)) in plain
        else field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field, name, plain in fields
    ]


def columns_of(row: Model) -> Columns:
    """Return the columns of a new row that are written; its number only if it has one."""
    about = row._meta  # noqa: SLF001 -- Django's documented model API
    skipped = about.auto_field if row.pk is None else None
    return [
        (each, each.attname, _plain(each))
        for each in about.concrete_fields
        if not each.generated and each is not skipped
    ]


def note(row: Model, returned: Sequence[Any], values: Sequence[Any]) -> None:
    """Write down in a new row what the database says of its fields, and that it is there."""
    for field, value in zip(returned, values, strict=True):
        setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, router.db_for_write(type(row))  # noqa: SLF001 -- as bulk_create does


def _statement(new: list[Row], by: tuple[str, ...] = ()) -> _Written | None:
    """Return the kept SQL for so many rows; nothing if they are not plain values, or very many."""
    # A row that knows its number (a UUID, say) is written with it.
    shape = type(new[0]), len(new), new[0].pk is None, by
    if shape not in _statements:
        _statements[shape] = _write(new, by) if len(new) <= LONGEST else None
    return _statements[shape]


def _write(new: list[Row], by: tuple[str, ...]) -> _Written | None:
    model = type(new[0])
    about = model._meta  # noqa: SLF001 -- Django's documented model API
    written = columns_of(new[0])
    fields = [each for each, _, _ in written]
    values = (each.pre_save(row, add=True) for row in new for each in fields)
    if any(hasattr(each, "resolve_expression") for each in values) or any(
        hasattr(each, "get_placeholder") for each in fields
    ):
        return None
    keys: list[Any] = [about.get_field(name) for name in by]
    returned: list[Any] = [about.pk, *keys]
    once = f" ON CONFLICT ({_names(keys)}) DO NOTHING" if keys else ""
    placeholders = [["%s"] * len(fields)] * len(new)
    return _Written(into(model, fields, placeholders, returned, once), written, returned)


def into(
    model: type[Model],
    fields: Sequence[Any],
    rows: Iterable[Sequence[str]],
    returned: Sequence[Any],
    once: str = "",
) -> str:
    """Return an insert; its values are SQL themselves: placeholders, or other statements."""
    table = _quoted(model._meta.db_table)  # noqa: SLF001 -- Django's documented model API
    # Django hands over a list for each column; for a few rows that takes longer than the values.
    values = ", ".join(f"({', '.join(row)})" for row in rows)
    return (
        f"INSERT INTO {table} ({_names(fields)})"  # noqa: S608 -- our own names
        f" VALUES {values}{once} RETURNING {_names(returned)}"
    )


def _names(fields: Iterable[Any]) -> str:
    return ", ".join(_quoted(each.column) for each in fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _plain(field: Any) -> frozenset[type]:
    """Return the types of a field's values that are sent as they are."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return frozenset()
    target = field.target_field if type(field) is models.ForeignKey else field
    for base, kind in _PLAIN.items():
        if isinstance(target, base) and all(
            getattr(type(target), word) is getattr(base, word) for word in _ASKED
        ):
            return frozenset((kind, NoneType))
    return frozenset()


def change(rows: Iterable[Row], **values: Any) -> None:
    """
    Give columns of some rows of one model the same values, here and in the database.

    As `QuerySet.update`: no `save` is called, no signal sent, no `auto_now` minded. Values are
    plain; a foreign key is named by its number (`owner_id`).
    """
    changed = list(rows)
    if not changed:
        return
    execute(*changing(changed, **values), on=connections[router.db_for_write(type(changed[0]))])


def changing(rows: Sequence[Row], **values: Any) -> tuple[str, list[Any]]:
    """
    Give columns of some rows the same values here, and return the SQL that does so there.

    As `change`, for a caller who has more to say in the same statement. The SQL returns the
    numbers of the rows.
    """
    about = type(rows[0])._meta  # noqa: SLF001 -- Django's documented model API
    connection = connections[router.db_for_write(type(rows[0]))]
    fields: list[Any] = [about.get_field(name) for name in values]
    told = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
    sql = _change(type(rows[0]), tuple(values), len(rows))
    return sql, [*told, *(row.pk for row in rows)]


@lru_cache(maxsize=200)
def _change(model: type[Model], names: tuple[str, ...], number: int) -> str:
    about = model._meta  # noqa: SLF001 -- Django's documented model API
    columns = ", ".join(f"{_names([about.get_field(name)])} = %s" for name in names)
    numbers = ", ".join(["%s"] * number)
    table, key = _quoted(about.db_table), _names([about.pk])
    return (
        f"UPDATE {table} SET {columns} WHERE {key} IN ({numbers})"  # noqa: S608 -- our own names
        f" RETURNING {key}"
    )
