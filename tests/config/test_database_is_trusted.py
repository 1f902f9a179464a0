"""A connection is asked whether it lives, but not between two requests that follow closely."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connections
from django.db.backends.postgresql.base import TIMESTAMPTZ_OID
from django.db.utils import DataError, OperationalError
from psycopg.pq import Format

from storefront.config.postgresql.base import DatabaseWrapper, Moments

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link() -> Iterator[DatabaseWrapper]:
    """A connection of its own that stays open between requests, as the shop's do."""
    settings = connections["default"].settings_dict
    made = DatabaseWrapper({**settings, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True})
    yield made
    made.close()


def request(link: DatabaseWrapper) -> int:
    """Ask one thing, as a request does, and return which of PostgreSQL's processes answered."""
    link.close_if_unusable_or_obsolete()
    try:
        with link.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])
    finally:
        link.close_if_unusable_or_obsolete()


def end(process: int) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        assert cursor.fetchone()[0]


def test_requests_that_follow_closely_share_a_connection_unasked(
    link: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    is_usable = DatabaseWrapper.is_usable
    monkeypatch.setattr(
        DatabaseWrapper, "is_usable", lambda self: asked.append(True) or is_usable(self)
    )

    assert request(link) == request(link) == request(link)
    assert asked == []


def test_a_connection_that_rested_is_asked_and_replaced_if_it_is_dead(
    link: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = request(link)
    end(first)
    monkeypatch.setattr("storefront.config.postgresql.base.TRUSTED_SECONDS", 0)

    assert request(link) != first


def test_one_that_died_just_now_fails_one_request_and_no_more(link: DatabaseWrapper) -> None:
    first = request(link)
    end(first)

    with pytest.raises(OperationalError):
        request(link)
    assert request(link) != first


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-27 22:03:20+00",
        "2026-11-27 22:03:20.1+00",
        "2026-11-27 22:03:20.120456+00",
        "1999-12-31 23:59:59.999999+05:30",
        "0099-01-01 00:00:00+00",
    ],
)
def test_moments_are_read_as_psycopg_reads_them(link: DatabaseWrapper, moment: str) -> None:
    with link.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, extract(epoch FROM %s::timestamptz)", [moment] * 2)
        [read, seconds] = cursor.fetchone()
        reader = cursor.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT)

    assert reader is Moments
    assert read.tzinfo is UTC
    assert (read - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1) == pytest.approx(
        float(seconds), abs=1e-6
    )


@pytest.mark.parametrize("moment", ["infinity", "2026-01-01 00:00:00 BC"])
def test_a_moment_beyond_pythons_is_refused_by_name(link: DatabaseWrapper, moment: str) -> None:
    with link.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        with pytest.raises(DataError, match="timestamp"):
            cursor.fetchone()


def test_many_values_are_read_once() -> None:
    """An order's lines have more values than psycopg remembers by itself; see `postgresql.base`."""
    many = "SELECT " + ", ".join(["%s"] * 60)
    before = psycopg._queries._query2pg.cache_info().hits
    with connections["default"].cursor() as cursor:
        for _ in range(3):
            cursor.execute(many, list(range(60)))
    assert psycopg._queries._query2pg.cache_info().hits >= before + 2
