"""The roles, set up once for all tests here."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="package", autouse=True)
def roles(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Write the groups; each test's own changes are taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_roles", stdout=StringIO())
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)
