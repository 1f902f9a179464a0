"""What every test has: a database made from a template, and the offline Stripe on request."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from psycopg import sql

from storefront.config import embedded, snapshot
from storefront.config.environment import read_environment

pytest_plugins = ["tests.stripe_fixtures", "tests.config.embedded_ground"]
_numbers = count(1)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Give this worker a database of its own, copied from a template that is made once."""
    with ExitStack() as stack:
        environment = read_environment()
        if not environment.database_url:
            server = embedded.running(environment.var_dir / "postgres", durable=False)
            stack.enter_context(server)
        stack.enter_context(django_db_blocker.unblock())
        template = _template(environment.var_dir)
        # The process is in the name, so that two runs at once do not drop each other's.
        name = f"test_zila_{WORKER}_{os.getpid()}"
        with _administrator() as link:
            _drop_left_over(link)
            _create(link, name, template=template)
        connections.close_all()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        _restore_quickly()
        yield
        connections.close_all()
        with _administrator() as link:
            _drop(link, name)


def _restore_quickly() -> None:
    """
    Let Django bring back, after a test with threads, the rows that the migrations wrote.

    It would empty all two hundred tables otherwise, which takes up to a second, and leave the
    next test without languages and sites. Only a superuser may do without the checks of foreign
    keys; for anybody else it stays Django's way.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        if not cursor.fetchone()[0]:
            return
        tables = connection.introspection.django_table_names(only_existing=True)
        kept = _full(tables)
        cursor.execute("CREATE SCHEMA kept")
        for table in kept:
            cursor.execute(f"CREATE TABLE kept.{table} AS TABLE {table}")

    def sql_flush(_style: Any, tables: Any, **_options: Any) -> list[str]:
        return [
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {table}" for table in _full(tables)),
            *(f"INSERT INTO {table} TABLE kept.{table}" for table in kept),
        ]

    connection.ops.sql_flush = sql_flush


def _full(tables: Iterable[str]) -> list[str]:
    """Return the tables that have rows."""
    asked = " UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]


def _template(var: Path) -> str:
    """Return the template's name; the first worker to come makes it, the others wait."""
    name = f"zila_template_{snapshot.migrations_digest()[:12]}"
    var.mkdir(parents=True, exist_ok=True)
    with (var / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _administrator() as link:
            if _exists(link, name):
                return name
            half = f"{name}_half"
            _drop(link, half)
            _create(link, half)
            connections.close_all()
            connection.settings_dict["NAME"] = half
            if not snapshot.restore_if_current(connection):
                from django.core.management import call_command

                call_command("migrate", interactive=False, verbosity=0)
            connections.close_all()
            link.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(half), sql.Identifier(name)
                )
            )
    return name


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the database for this test alone: threads see what is written, nothing stays."""
    with django_db_blocker.unblock(), copied_database():
        yield


def pristine_database() -> AbstractContextManager[None]:
    """Look into a database in which no test has left anything."""
    return copied_database(of=_template(read_environment().var_dir))


@contextmanager
def copied_database(*, of: str = "") -> Iterator[None]:
    """Look into a copy of the database, or of another, and throw it away at the end."""
    original = str(settings.DATABASES["default"]["NAME"])
    copy = f"test_zila_copy{next(_numbers)}_{os.getpid()}"
    connections.close_all()
    with _administrator() as link:
        _create(link, copy, template=of or original)
    _look_into(copy)
    try:
        yield
    finally:
        connections.close_all()
        _look_into(original)
        with _administrator() as link:
            _drop(link, copy)


def _look_into(name: str) -> None:
    # Threads make their connections from the first, this thread has the second.
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@contextmanager
def _administrator() -> Iterator[psycopg.Connection[Any]]:
    """Connect to the server itself, to make and drop databases."""
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"] or None,
        port=known["PORT"] or None,
        user=known["USER"] or None,
        password=known.get("PASSWORD") or None,
        dbname="postgres",
        autocommit=True,
    ) as link:
        yield link


def _exists(link: psycopg.Connection[Any], name: str) -> bool:
    found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def _drop(link: psycopg.Connection[Any], name: str) -> None:
    link.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_left_over(link: psycopg.Connection[Any]) -> None:
    """Drop the databases of test runs that were killed."""
    rows = link.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_zila_%'")
    for (name,) in rows.fetchall():
        owner = name.rpartition("_")[2]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            _drop(link, name)


def _create(link: psycopg.Connection[Any], name: str, *, template: str = "template0") -> None:
    # A server's thread may still be in the one that is copied; what it did is done.
    link.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
    )
    link.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Start every test in English, with an empty cache."""
    from django.core.cache import caches
    from django.utils import translation

    from cms.navigation import menus
    from storefront.core.kept import forget

    for cache in caches.all(initialized_only=True):
        cache.clear()
    forget(menus)
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_looked_up() -> Iterator[None]:
    """Look for a static file when it is asked for: each new client would read the folder before."""
    from django.test import override_settings

    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture
def season_is_known(db: None) -> None:
    """Festival and menu are asked for once a minute: no page's queries count that."""
    from django.test import RequestFactory

    from cms.festivals import season
    from cms.navigation import menus

    season(RequestFactory().get("/"))
    for language in ("en", "hi"):
        menus(language)


@pytest.fixture
def asha(db: None) -> Any:
    """Asha, who buys here."""
    from tests.factories.people import make_asha

    return make_asha()


@pytest.fixture
def confirmed(asha: Any) -> None:
    """Let Asha's address be shown to be hers."""
    from tests.factories.people import confirm_address

    confirm_address(asha)


@pytest.fixture
def signed_in(browser_client: Client, asha: Any) -> Client:
    """Asha's browser."""
    browser_client.force_login(asha)
    return browser_client


@pytest.fixture
def no_mail_server() -> Iterator[None]:
    """Let no mail server answer, and the tasks wait in their table."""
    from django.test import override_settings

    queue = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    with override_settings(
        TASKS=queue,
        EMAIL_BACKEND="storefront.notices.post_box.PostBox",
        POST_OFFICE="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9,
    ):
        yield


@pytest.fixture
def browser_client() -> Client:
    """A client that says of itself what a browser says when it posts one of our own forms."""
    return Client(headers={"sec-fetch-site": "same-origin"})
