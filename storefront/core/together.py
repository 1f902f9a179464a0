"""New rows of several models that belong together, written by one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.db import connections, models, router
from django.db.models import Model

from storefront.core.inserted import Columns, columns_of, insert, into, note, values_of
from storefront.core.statements import rows_of

# More rows than these are written model by model: each shape has a statement of its own.
MOST = 12
# Which of the rows a foreign key's column names: the number of its group, and its place in that.
Pointers = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Written:
    sql: str
    # Of each row, group after group: what is sent of it, and where its number is kept.
    fields: list[Columns]
    keys: list[Any]


_statements: dict[tuple[Any, ...], _Written] = {}


def insert_together(
    *groups: Sequence[Model], beside: Sequence[tuple[str, Sequence[Any]]] = ()
) -> list[Any]:
    """
    Write new rows, each group of one model, and give them the numbers the database gives.

    A row may point to one of an earlier group, which has no number yet. As with `insert`, no
    `save` is called and no signal sent, and values are plain. `beside` are statements of the
    caller's own with their parameters, done by the same one; the values of their one column are
    returned. They must not touch the new rows.
    """
    given = [group for group in groups if group]
    places = {id(row): (g, n) for g, group in enumerate(given) for n, row in enumerate(group)}
    rows = [row for group in given for row in group]
    pointers = [_pointers(row, places) for row in rows]
    if len(rows) > MOST:
        _insert_each(given, iter(pointers))
        return [value for sql, params in beside for (value,) in rows_of(sql, params)]
    others = tuple(sql for sql, _ in beside)
    shapes = ((type(each[0]), len(each), each[0].pk is None) for each in given)
    shape = (*shapes, *pointers, others)
    if shape not in _statements:
        _statements[shape] = _write(given, pointers, others)
    written = _statements[shape]
    connection = connections[router.db_for_write(type(rows[0]))]
    params = [
        value
        for row, fields in zip(rows, written.fields, strict=True)
        for value in values_of(row, fields, connection)
    ]
    params += chain.from_iterable(more for _, more in beside)
    [told] = rows_of(written.sql, params, on=connection)
    numbers = chain.from_iterable(told[: len(given)])
    for row, key, number in zip(rows, written.keys, numbers, strict=True):
        note(row, [key], [number])
    _point(rows, pointers, given)
    return list(chain.from_iterable(told[len(given) :]))


def _insert_each(groups: list[Sequence[Model]], pointers: Iterator[Pointers]) -> None:
    for group in groups:
        _point(group, [next(pointers) for _ in group], groups)
        insert(group)


def _point(
    rows: Sequence[Model], pointers: Sequence[Pointers], groups: list[Sequence[Model]]
) -> None:
    """Let rows know the numbers of those they point to."""
    for row, pointing in zip(rows, pointers, strict=True):
        for column, group, place in pointing:
            # As Django does when a row with such a key is read; the other row is known already.
            row.__dict__[column] = groups[group][place].pk


def _pointers(row: Model, places: dict[int, tuple[int, int]]) -> Pointers:
    kept = row._state.fields_cache  # noqa: SLF001 -- where Django keeps related rows
    return tuple(
        (column, *places[id(kept[name])])
        for name, column in _foreign_keys(type(row))
        if name in kept and id(kept[name]) in places
    )


@cache
def _foreign_keys(model: type[Model]) -> list[tuple[str, str]]:
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's documented model API
    return [(each.name, each.attname) for each in fields if isinstance(each, models.ForeignKey)]


def _write(
    groups: list[Sequence[Model]], pointers: list[Pointers], others: Sequence[str]
) -> _Written:
    pointing = iter(pointers)
    sent: list[Columns] = []
    keys: list[Any] = []
    statements: list[str] = []
    for group in groups:
        columns = columns_of(group[0])
        fields = [field for field, _, _ in columns]
        key = group[0]._meta.pk  # noqa: SLF001 -- Django's documented model API
        keys += [key] * len(group)
        values = []
        for _ in group:
            known = {column: (of, place) for column, of, place in next(pointing)}
            values.append([_value(known.get(field.attname)) for field in fields])
            sent.append([each for each in columns if each[0].attname not in known])
        statements.append(into(type(group[0]), fields, values, [key]))
    statements += others
    named = ", ".join(f"group_{n} (number) AS ({each})" for n, each in enumerate(statements))
    numbers = ", ".join(
        f"ARRAY(SELECT number FROM group_{n})"  # noqa: S608 -- our own names
        for n in range(len(statements))
    )
    return _Written(f"WITH {named} SELECT {numbers}", sent, keys)


def _value(pointer: tuple[int, int] | None) -> str:
    if pointer is None:
        return "%s"
    group, place = pointer
    return f"(SELECT number FROM group_{group} LIMIT 1 OFFSET {place})"  # noqa: S608 -- our own names
