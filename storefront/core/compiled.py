"""Queries that are asked at every step of a purchase: Django writes their SQL once."""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError
from django.utils.translation import get_language

from storefront.core.statements import rows_of

Row = TypeVar("Row")
Words = ParamSpec("Words")
# A longer list is asked for in the ordinary way: each length has SQL of its own.
LONGEST = 50
_DAY = datetime(1971, 1, 1, tzinfo=UTC)
# Values that stand in for arguments while the SQL is written, two rounds of them: what differs
# between the rounds is an argument's place. Small enough for any integer column.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 20_000 + number,
    str: lambda number: f"argument {number}",
    datetime: lambda number: _DAY + timedelta(days=number),
    date: lambda number: (_DAY + timedelta(days=number)).date(),
    UUID: lambda number: UUID(int=number + 1),
}
_ROUND = 5_000


@dataclass(frozen=True, slots=True)
class _Written:
    """A query with its SQL; `places` says which argument each parameter is, and its type."""

    db: str
    locks: bool
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int, Callable[[Any], Any]], ...]
    read: Callable[[list[Any]], Iterable[Any]]


def compiled(build: Callable[Words, QuerySet[Any, Row]]) -> Callable[Words, list[Row]]:
    """
    Let a function that builds a queryset return its rows, by SQL that is written once.

    Django takes five to twenty times as long to write such a query as PostgreSQL to answer it
    (docs/decisions/0015). The SQL is kept for each language and for each shape of the arguments:
    their types, which of them are `None`, how long lists are. So the function may only hand its
    arguments on to filters and annotations, and must not decide anything else by their values.
    What `prefetch_related` would read is not read.

    Raises:
        TypeError: an argument is no plain value, or does not reach the SQL as it is.
    """
    known: dict[tuple[Any, ...], _Written | None] = {}

    @wraps(build)
    def ask(*words: Words.args, **named: Words.kwargs) -> list[Row]:
        given = (*words, *named.values())
        shape = (get_language(), *named, *map(_shape, given))
        if shape not in known:
            if any(isinstance(each, tuple | list) and len(each) > LONGEST for each in given):
                return list(build(*words, **named))
            known[shape] = _write(build, words, named)
        written = known[shape]
        return [] if written is None else _ask(written, list(_flat(given)))

    return ask


def _ask(written: _Written, values: list[Any]) -> list[Any]:
    connection = connections[written.db]
    if written.locks and not connection.in_atomic_block:
        raise TransactionManagementError(
            "select_for_update cannot be used outside of a transaction."
        )
    params = list(written.params)
    for place, argument, adapt in written.places:
        params[place] = adapt(values[argument])
    return list(written.read(rows_of(written.sql, params, on=connection)))


def _reader(rows: Any, compiler: Any) -> Callable[[list[Any]], Iterable[Any]]:
    """Return what makes of the rows that were read what the queryset would make of them."""
    converters = compiler.get_converters([each[0] for each in compiler.select])
    kind = rows._iterable_class  # noqa: SLF001 -- how Django itself makes rows of what it read
    if kind is ModelIterable:
        read: Callable[[Iterable[Any]], Iterable[Any]] = _Models(rows.db, compiler).read
    else:

        def read(found: Iterable[Any]) -> Iterable[Any]:
            made: Iterable[Any] = kind(_Reading(rows, found))
            return made

    return lambda found: read(compiler.apply_converters(found, converters) if converters else found)


class _Models:
    """What `ModelIterable` finds out at each query about models, related ones and annotations."""

    def __init__(self, db: str, compiler: Any) -> None:
        about, select = compiler.klass_info, compiler.select
        self._db = db
        self._model: type[Model] = about["model"]
        self._first, self._end = about["select_fields"][0], about["select_fields"][-1] + 1
        self._names = [each[0].target.attname for each in select[self._first : self._end]]
        self._related = get_related_populators(about, select, db)  # type: ignore[call-arg]  # Django 6's stubs
        self._annotations = tuple((compiler.annotation_col_map or {}).items())

    def read(self, found: Iterable[Any]) -> Iterator[Model]:
        """Yield the models of what was read."""
        for row in found:
            made = self._model.from_db(self._db, self._names, row[self._first : self._end])
            for each in self._related:
                each.populate(row, made)
            for name, place in self._annotations:
                setattr(made, name, row[place])
            yield made


class _Reading:
    """A queryset as Django's readers of values see it, with what was read already."""

    def __init__(self, rows: Any, found: Iterable[Any]) -> None:
        self._rows = rows
        self._found = found

    @property
    def query(self) -> Any:
        return self

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self

    def results_iter(self, *_: Any, tuple_expected: bool = False, **__: Any) -> Any:
        return map(tuple, self._found) if tuple_expected else self._found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._rows if hasattr(self._rows, name) else self._rows.query, name)


def _write(
    build: Callable[..., QuerySet[Any, Any]], words: tuple[Any, ...], named: dict[str, Any]
) -> _Written | None:
    """Return a query with its SQL; nothing if it can have no rows (an empty list, say)."""
    rounds = []
    for first in (0, _ROUND):
        marks = _marks(first)
        filled = [_filled(each, marks) for each in words]
        filled_named = {name: _filled(each, marks) for name, each in named.items()}
        rows = build(*filled, **filled_named)
        compiler = rows.query.get_compiler(using=rows.db)
        # Rows are locked by the caller's transaction, which need not be there to write the SQL.
        compiler.connection = copy(compiler.connection)
        compiler.connection.get_autocommit = lambda: False
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        rounds.append((rows, compiler, sql, params, list(_flat([*filled, *filled_named.values()]))))
    rows, compiler, sql, params, marked = rounds[0]
    if rounds[1][2] != sql:
        raise TypeError(f"{build.__qualname__}: another value makes another query")
    return _Written(
        db=rows.db,
        locks=rows.query.select_for_update,
        sql=sql,
        params=tuple(params),
        places=tuple(_places(build, params, rounds[1][3], marked, rounds[1][4])),
        read=_reader(rows, compiler),
    )


def _places(
    build: Callable[..., Any], one: Any, two: Any, marked: list[Any], marked_two: list[Any]
) -> Iterator[tuple[int, int, Callable[[Any], Any]]]:
    for place, (first, second) in enumerate(zip(one, two, strict=True)):
        if first == second:
            continue
        if first not in marked or marked_two[marked.index(first)] != second:
            raise TypeError(f"{build.__qualname__}: an argument does not reach the SQL as it is")
        mark = marked[marked.index(first)]
        # Integers go to PostgreSQL in a class that says how wide they are.
        adapt = type(first) if type(first) is not type(mark) else _as_it_is
        yield place, marked.index(first), adapt


def _marks(first: int) -> Callable[[Any], Any]:
    numbers = iter(range(first, first + _ROUND))

    def mark(value: Any) -> Any:
        if value is None:
            return None
        for kind, make in _MARKS.items():
            if isinstance(value, kind) and not isinstance(value, bool):
                return make(next(numbers))
        raise TypeError(f"{value!r} is no plain value")

    return mark


def _filled(value: Any, mark: Callable[[Any], Any]) -> Any:
    return [mark(each) for each in value] if isinstance(value, tuple | list) else mark(value)


def _shape(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return len(value)
    return value if value is None else type(value)


def _flat(given: Any) -> Iterator[Any]:
    for each in given:
        if isinstance(each, tuple | list):
            yield from each
        else:
            yield each


def _as_it_is(value: Any) -> Any:
    return value
