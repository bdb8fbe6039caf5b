"""The least that a WSGI application can do: send a page from memory, or from Redis."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from redis import Redis

BODY = Path(os.environ["BENCH_PAGE"]).read_bytes()
KEY = "bench:page"
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]

redis = Redis.from_url(os.environ["REDIS_URL"])


def in_memory(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return [BODY]


def in_redis(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body: Any = redis.get(KEY)
    if body is None:
        redis.set(KEY, BODY)
        body = BODY
    start_response("200 OK", HEADERS)
    return [body]
