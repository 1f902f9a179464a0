"""Rows that are written and changed at every step of a purchase, by SQL that costs little."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connections, router
from django.db.models import Model
from django.db.models.sql import InsertQuery

from storefront.core.compiled import LONGEST

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class _Written:
    """The SQL of an insert: which fields of each row it writes, and which it gives back."""

    sql: str
    fields: list[Any]
    returned: list[Any]


_known: dict[tuple[Any, ...], _Written | None] = {}


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
    model = type(new[0])
    # A row that knows its number (a UUID, say) is written with it.
    shape = model, len(new), new[0].pk is None
    if shape not in _known:
        _known[shape] = _write(new) if len(new) <= LONGEST else None
    written = _known[shape]
    if written is None:
        return model._default_manager.bulk_create(new)  # noqa: SLF001 -- Django's documented name
    _send(written, new)
    return new


def _send(written: _Written, new: list[Row]) -> None:
    alias = router.db_for_write(type(new[0]))
    connection = connections[alias]
    params = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row in new
        for field in written.fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
        found = cursor.fetchall() if written.returned else [()] * len(new)
    for row, values in zip(new, found, strict=True):
        for field, value in zip(written.returned, values, strict=True):
            setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, alias  # noqa: SLF001 -- as bulk_create does


def _write(new: list[Row]) -> _Written | None:
    """Return the SQL that Django makes for these rows; nothing if it is not plain values."""
    model = type(new[0])
    about = model._meta  # noqa: SLF001 -- Django's documented model API
    skipped = about.auto_field if new[0].pk is None else None
    fields = [each for each in about.concrete_fields if not each.generated and each is not skipped]
    returned = list(about.db_returning_fields) if skipped else []
    if any(
        hasattr(each.pre_save(row, add=True), "resolve_expression")
        for row in new
        for each in fields
    ):
        return None
    query = InsertQuery(model)
    query.insert_values(fields, [new[0]])
    compiler = query.get_compiler(using=router.db_for_write(model))
    compiler.returning_fields = returned
    [(sql, params)] = compiler.as_sql()
    row = f"({', '.join(['%s'] * len(fields))})"
    if len(params) != len(fields) or sql.count(row) != 1:
        return None
    # Django hands over a list for each column instead; for a few rows that takes longer.
    return _Written(sql.replace(row, ", ".join([row] * len(new))), fields, returned)


def change(rows: Iterable[Row], **values: Any) -> None:
    """
    Give columns of some rows of one model the same values, here and in the database.

    As `QuerySet.update`: no `save` is called, no signal sent, no `auto_now` minded. Values are
    plain; a foreign key is named by its number (`owner_id`).
    """
    changed = list(rows)
    if not changed:
        return
    about = type(changed[0])._meta  # noqa: SLF001 -- Django's documented model API
    connection = connections[router.db_for_write(type(changed[0]))]
    quote = connection.ops.quote_name
    fields: list[Any] = [about.get_field(name) for name in values]
    columns = ", ".join(f"{quote(each.column)} = %s" for each in fields)
    numbers = ", ".join(["%s"] * len(changed))
    table, key = quote(about.db_table), quote(str(about.pk.column))
    told = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {columns} WHERE {key} IN ({numbers})",  # noqa: S608 -- our own names
            [*told, *(row.pk for row in changed)],
        )
    for row in changed:
        for name, value in values.items():
            setattr(row, name, value)
