"""A statement that is asked again and again has a cursor of its own, on each connection."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from storefront.config.postgresql.base import MOST_CURSORS
from storefront.core.statements import execute, rows_of

DOUBLE = "SELECT %s::int * 2"
MOMENT = "SELECT %s::text || %s::text"

pytestmark = pytest.mark.django_db


def test_the_same_statement_is_asked_by_the_same_cursor() -> None:
    assert [rows_of(DOUBLE, [n]) for n in range(3)] == [[(0,)], [(2,)], [(4,)]]

    assert connection.cursor_for(DOUBLE).cursor is connection.cursor_for(DOUBLE).cursor
    assert connection.cursor_for(DOUBLE).cursor is not connection.cursor_for(MOMENT).cursor


def test_values_of_other_types_are_written_as_what_they_are() -> None:
    for first, second in (("a", "b"), ("a", 1), (2, "b"), (None, "c"), ("d", "e")):
        known = None if first is None else f"{first}{second}"
        assert rows_of(MOMENT, [first, second]) == [(known,)]


def test_after_a_refusal_it_can_be_asked_again() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        rows_of("SELECT 1 / %s::int", [0])

    assert rows_of("SELECT 1 / %s::int", [1]) == [(1,)]


def test_it_is_counted_among_the_queries() -> None:
    execute("SELECT 1 WHERE %s::bool", [True])
    with CaptureQueriesContext(connection) as asked:
        execute("SELECT 1 WHERE %s::bool", [False])
        rows_of(DOUBLE, [7])
    assert [each["sql"] for each in asked] == ["SELECT 1 WHERE false::bool", "SELECT 7::int * 2"]


def test_the_oldest_cursors_make_room() -> None:
    for number in range(MOST_CURSORS + 5):
        assert rows_of(f"SELECT {number} + %s::int", [1]) == [(number + 1,)]
        rows_of(DOUBLE, [1])
    kept: dict[str, Any] = connection._cursors

    assert len(kept) == MOST_CURSORS
    assert DOUBLE in kept
    assert "SELECT 0 + %s::int" not in kept


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_has_new_cursors() -> None:
    before = connection.cursor_for(DOUBLE).cursor
    connection.close()

    assert rows_of(DOUBLE, [4]) == [(8,)]
    assert connection.cursor_for(DOUBLE).cursor is not before
