"""Servers of others that the shop needs: asked first, so that a dead one is told in one line."""

import importlib

import psycopg

from storefront.config.environment import Environment

PATIENCE_SECONDS = 10
OLDEST_POSTGRESQL = 15


class NeighbourError(Exception):
    """A server named in the surroundings cannot be used; the message says which and why."""


def ask_neighbours(environment: Environment) -> None:
    """
    Connect once to each server that the surroundings name.

    Raises:
        NeighbourError: it does not answer, or is too old.
    """
    if environment.database_url:
        _ask_postgresql(environment.database_url)
    if environment.redis_url:
        _ask_redis(environment.redis_url)


def _ask_postgresql(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE_SECONDS) as link:
            version = link.info.server_version // 10_000
    except psycopg.Error as error:
        raise NeighbourError(f"DATABASE_URL: {_one_line(error)}") from error
    if version < OLDEST_POSTGRESQL:
        raise NeighbourError(
            f"DATABASE_URL: PostgreSQL {version} is too old, {OLDEST_POSTGRESQL} is needed."
        )


def _ask_redis(url: str) -> None:
    redis = importlib.import_module("redis")  # half a second that only its owners should wait
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=PATIENCE_SECONDS) as link:
            link.ping()
    except redis.RedisError as error:
        raise NeighbourError(f"REDIS_URL: {_one_line(error)}") from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
