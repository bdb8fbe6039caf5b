"""Cloudflare's purge, over HTTP: its limits, its envelope, and the ways in which it goes wrong.

Limits are per account and plan, on a clock of the test's. What it is asked beyond the documented
is refused loudly: above all to forget everything.
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import serving
from tests.fakes.serving import NONE, Fault, Server, served

TOKEN = "fake-token"
ZONE = "0193zone"
MOST_OPERATIONS = 100
LONGEST_TAG = 1024
BUCKETS = {
    "free": (25, 5 / 60),
    "pro": (25, 5.0),
    "business": (50, 10.0),
    "enterprise": (500, 50.0),
}
"""Size of the bucket, and requests that flow into it each second."""


@dataclass
class Cloudflare:
    """The service. `cached` is what its cache holds: addresses, each with its tags."""

    plan: str = "free"
    now: float = 0.0
    cached: dict[str, set[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    calls: list[list[str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    url: str = ""
    _level: float = 0.0
    _filled_at: float = 0.0

    def __post_init__(self) -> None:
        self._level = float(BUCKETS[self.plan][0])

    def admits(self) -> float:
        """Take a request out of the bucket; return the seconds until there is one, or 0."""
        size, rate = BUCKETS[self.plan]
        self._level = min(size, self._level + (self.now - self._filled_at) * rate)
        self._filled_at = self.now
        if self._level < 1:
            return (1 - self._level) / rate
        self._level -= 1
        return 0.0

    def purge(self, asked: Any) -> tuple[int, dict[str, Any]]:
        """Forget what has any of the tags."""
        tags = asked.get("tags") if isinstance(asked, dict) else None
        if not isinstance(asked, dict) or set(asked) != {"tags"} or not isinstance(tags, list):
            self.refused.append(json.dumps(asked))
            return 400, envelope(False, {"code": 1094, "message": "not by tags"})
        if not 0 < len(tags) <= MOST_OPERATIONS or not all(map(is_tag, tags)):
            self.refused.append(f"{len(tags)} tags")
            return 400, envelope(False, {"code": 1134, "message": "too many or bad tags"})
        self.calls.append(tags)
        wanted = {tag.lower() for tag in tags}
        self.cached = {url: own for url, own in self.cached.items() if not own & wanted}
        return 200, envelope(True)


def is_tag(tag: Any) -> bool:
    is_text = isinstance(tag, str) and 0 < len(tag) <= LONGEST_TAG
    return is_text and tag.isascii() and tag.isprintable() and " " not in tag


def envelope(success: bool, *errors: dict[str, Any]) -> dict[str, Any]:
    result = {"id": ZONE} if success else None
    return {"success": success, "errors": list(errors), "messages": [], "result": result}


class Handler(serving.Handler):
    """The service over HTTP."""

    server: Server[Cloudflare]

    def do_POST(self) -> None:  # noqa: N802 (a name of the library)
        service, body = self.server.service, self.body()
        if service.faults:
            self.go_wrong(service.faults.pop(0))
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self.say(403, envelope(False, {"code": 10000, "message": "Authentication error"}))
        elif self.path != f"/client/v4/zones/{ZONE}/purge_cache":
            self.say(404, envelope(False, {"code": 7003, "message": "No route"}))
        elif wait := service.admits():
            error = envelope(False, {"code": 10429, "message": "Rate limited"})
            self.say(429, error, {"Retry-After": str(int(wait) + 1)})
        else:
            self.say(*service.purge(json.loads(body)))

    def say(self, status: int, said: dict[str, Any], headers: Mapping[str, str] = NONE) -> None:
        self.send(status, json.dumps(said).encode(), headers)


def running(service: Cloudflare) -> AbstractContextManager[Cloudflare]:
    """Serve it on a port of its own."""
    return served(service, Handler, path="/client/v4")
