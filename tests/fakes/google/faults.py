"""What goes wrong: one thing at a time, or a mixture by a seeded chance."""

import json
import random
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import serving

HTML = b"<!DOCTYPE html><html><title>Error 404 (Not Found)!!1</title></html>"


@dataclass
class Fault(serving.Fault):
    """An answer out of order; `slow` seconds before it, or before the right one."""

    slow: float = 0.0
    host: str = ""
    """The host that goes wrong; "" is whichever is asked next."""


def error(code: int, status: str, reason: str = "", message: str = "") -> bytes:
    """Return an error as Google says it."""
    said: dict[str, Any] = {"code": code, "message": message or status, "status": status}
    if reason:
        kind = "type.googleapis.com/google.rpc.ErrorInfo"
        said["details"] = [{"@type": kind, "reason": reason, "domain": "googleapis.com"}]
    return json.dumps({"error": said}).encode()


def busy(after: int | None = None) -> Fault:
    headers = {} if after is None else {"Retry-After": str(after)}
    return Fault(429, error(429, "RESOURCE_EXHAUSTED"), headers)


def down(status: int = 503) -> Fault:
    return Fault(status, error(status, "UNAVAILABLE"))


def garbage() -> Fault:
    return Fault(200, b'{"reviews": [')


@dataclass
class Always:
    """The same fault, until somebody takes it away."""

    fault: Fault

    def next(self, host: str) -> Fault:
        return self.fault


@dataclass
class Queue:
    """Faults that were asked for, each once."""

    waiting: list[Fault] = field(default_factory=list)

    def next(self, host: str) -> Fault | None:
        for fault in self.waiting:
            if fault.host in ("", host):
                self.waiting.remove(fault)
                return fault
        return None


KINDS = (
    "busy", "busy after", "down", "burst", "drop", "garbage", "html", "forbidden",
    "unknown token", "bad token of a page",
)  # fmt: skip


@dataclass
class Mix:
    """Each request goes wrong with a chance; errors of the server come in bursts."""

    seed: int
    chance: float = 0.05
    burst: int = 4
    made: int = 0
    kinds: tuple[str, ...] = KINDS

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 (faults, not secrets)
        self._burst: list[Fault] = []

    def next(self, host: str) -> Fault | None:
        if self._burst:
            self.made += 1
            return self._burst.pop()
        if self._random.random() >= self.chance:
            return None
        self.made += 1
        kind = self._random.choice(self.kinds)
        if kind == "burst":
            self._burst = [down(self._random.choice([500, 502, 503, 504]))] * self.burst
        return {
            "busy": busy(),
            "busy after": busy(self._random.randint(1, 120)),
            "drop": Fault(drops=True),
            "garbage": garbage(),
            "html": Fault(404, HTML),
            "forbidden": Fault(403, error(403, "PERMISSION_DENIED")),
            "unknown token": Fault(401, error(401, "UNAUTHENTICATED")),
            "bad token of a page": Fault(400, error(400, "INVALID_ARGUMENT")),
        }.get(kind, down())
