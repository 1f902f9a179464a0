"""Which PostgreSQL the shop uses: the one it is told of, or the one it brings along."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url

from storefront.config import embedded
from storefront.config.environment import Environment, read_environment

PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


def database_settings(environment: Environment) -> dict[str, Any]:
    """Return Django's settings for the one database."""
    if environment.database_url:
        settings: dict[str, Any] = dict(dj_database_url.parse(environment.database_url))
    else:
        settings = embedded.connection_settings(environment.var_dir / "postgres")
    settings |= {
        "ENGINE": "storefront.config.postgresql",
        "CONN_MAX_AGE": environment.conn_max_age,
        "CONN_HEALTH_CHECKS": True,
    }
    if environment.database_prepared:
        # PostgreSQL keeps the plan of what a connection asks often: a third of its time.
        settings["OPTIONS"] = settings.get("OPTIONS", {}) | PREPARED
    return settings


@contextmanager
def available() -> Iterator[None]:
    """Keep a database server up: ours is started if it is down, and then stopped again."""
    environment = read_environment()
    if environment.database_url:
        yield
        return
    with embedded.running(environment.var_dir / "postgres"):
        yield
