"""Servers that somebody else runs: whether their addresses are any, and whether they answer."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import psycopg
import redis

from infra.local.console import Problem

PATIENCE = 5
"""Seconds for an answer."""

DATABASE_URLS = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_OPS_URL")
POSTGRES = ("postgres", "postgresql")
REDIS = ("redis", "rediss", "unix")


def check_urls(settings: Mapping[str, str]) -> None:
    """Refuse what is no address of PostgreSQL or of Redis."""
    for name in DATABASE_URLS:
        if name in settings and not is_postgres_url(settings[name]):
            raise Problem(
                f"{name} is not an address of PostgreSQL: write it as "
                "postgres://user:password@host:5432/database."
            )
    if "REDIS_URL" in settings and not is_redis_url(settings["REDIS_URL"]):
        raise Problem(
            "REDIS_URL is not an address of Redis or Valkey: write it as "
            "redis://host:6379/0 or unix:///path/to/socket?db=0."
        )


def is_postgres_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_addressed = parts.port != 0  # without a host it is this machine's socket
    except ValueError:  # a port that is no number, half an IPv6 address
        return False
    return parts.scheme in POSTGRES and is_addressed and len(parts.path) > 1


def is_redis_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_addressed = bool(parts.path if parts.scheme == "unix" else parts.hostname)
        return parts.scheme in REDIS and is_addressed and parts.port != 0
    except ValueError:
        return False


def check_answers(settings: Mapping[str, str]) -> None:
    """Refuse to go on with a given database or Redis that does not let anybody in."""
    for name in DATABASE_URLS:
        try:
            psycopg.connect(settings[name], connect_timeout=PATIENCE).close()
        except psycopg.OperationalError as error:
            raise _no_answer("database", name, error) from error
    try:
        client = redis.Redis.from_url(
            settings["REDIS_URL"], socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        with client:
            client.ping()
    except redis.RedisError as error:
        raise _no_answer("Redis server", "REDIS_URL", error) from error


def _no_answer(what: str, name: str, error: Exception) -> Problem:
    reason = str(error).strip().splitlines()[-1].strip().rstrip(".")
    return Problem(
        f"The {what} that {name} names cannot be used: {reason}; start it, or mend {name}."
    )
