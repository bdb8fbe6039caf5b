"""Looks for bytes wherever something can be kept: every table, Redis, every file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from redis import Redis

from tenancy.store.shared import Shared
from tests.conftest import execute_as_owner
from tests.isolation.walls import columns


def dump() -> Iterator[tuple[str, str]]:
    """Yield every row of every table, as text; bytes in hexadecimal."""
    for table in columns():
        for (row,) in execute_as_owner(f"SELECT t::text FROM {table} t"):
            yield table, str(row)


def kept_in_redis() -> Iterator[bytes]:
    """Yield keys and values, pages as they were before they were packed."""
    redis = Redis.from_url(settings.REDIS_URL)
    shared = Shared(settings.REDIS_URL)
    for key in redis.scan_iter("*"):
        yield bytes(key)
        yield redis.dump(key) or b""  # type: ignore[misc]  # bytes
        origin, slash, path = bytes(key).decode().partition("://")[2].partition("/")
        if slash and (page := shared.get(f"http://{origin}", f"/{path}")):
            yield page.body


def files(folder: Path | None = None) -> dict[Path, bytes]:
    found = (folder or settings.MEDIA_ROOT).rglob("*")
    return {path: path.read_bytes() for path in found if path.is_file()}


def traces(words: Iterable[str | bytes]) -> list[str]:
    """Return where any of these is left: in the database, in Redis, on the disk."""
    raw = [word if isinstance(word, bytes) else word.encode() for word in words]
    plain = {*raw, *(word.hex().encode() for word in raw)}
    found = [table for table, row in dump() if any(word in row.encode() for word in plain)]
    found += ["redis" for kept in kept_in_redis() if any(word in kept for word in plain)]
    found += [
        str(path) for path, content in files().items() if any(word in content for word in plain)
    ]
    return found
