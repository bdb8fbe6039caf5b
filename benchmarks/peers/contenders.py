"""Who sends the same page, each in its own way, and what that takes in each round."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.kit.installation import serving_environment
from benchmarks.kit.load import CannotMeasure, burst
from benchmarks.kit.serving import Server, granian
from benchmarks.peers.nginx import nginx, nginx_of_ours
from benchmarks.peers.packages import WAGTAIL_CACHE, installed

HOST = "lua.localhost"
CONNECTIONS = 8
AS_BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}

MEMORY, COMPRESSED, UNCHANGED = "ours, memory", "ours, compressed", "ours, 304"
REDIS, REDIS_COMPRESSED = "ours, Redis only", "ours, Redis only, compressed"
BARE, BARE_REDIS = "bare WSGI", "bare WSGI, Redis GET"
DJANGO, WAGTAIL = "Django's cache, first", "wagtail-cache"
NGINX, FILED = "nginx, file", "ours, filed, by nginx"


@dataclass
class Contender:
    """A server with the page, and how the page is asked for; a figure for each round."""

    name: str
    server: Server
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    bytes: int = 0
    per_second: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    """Microseconds of CPU for one request."""
    p95: list[float] = field(default_factory=list)
    """Milliseconds to the answer, with one connection."""

    def check(self) -> None:
        """Refuse one that does not answer as it should."""
        answer = self.server.get("/", HOST, self.headers)
        self.bytes = len(answer.body)
        if answer.status != self.status:
            raise CannotMeasure(f"{self.name} answers {answer.status}: {answer.body[:300]!r}")

    def measure(self, seconds: int) -> None:
        url = f"http://127.0.0.1:{self.server.port}/"
        headers = {"Host": f"{HOST}:{self.server.port}", **self.headers}
        before = self.server.cpu()
        many = burst(url, connections=CONNECTIONS, seconds=seconds, headers=headers)
        used = self.server.cpu() - before
        self.per_second.append(many.per_second)
        self.cpu.append(used / many.requests * 1e6)
        self.p95.append(burst(url, connections=1, seconds=1, headers=headers).p95)


def contenders(stack: ExitStack) -> Iterator[Contender]:
    """Start all servers; they stop with the stack."""
    ours = started(stack, granian("ours-memory", "config.wsgi:application", serving_environment()))
    body = ours.wait(host=HOST)
    yield Contender(MEMORY, ours)
    yield Contender(COMPRESSED, ours, AS_BROWSERS)
    yield Contender(UNCHANGED, ours, {"If-None-Match": ours.get("/", HOST).headers["ETag"]}, 304)
    without_memory = serving_environment(PAGE_STORE_MEMORY="0")
    ours = started(stack, granian("ours-redis", "config.wsgi:application", without_memory))
    ours.wait(host=HOST)
    yield Contender(REDIS, ours)
    yield Contender(REDIS_COMPRESSED, ours, AS_BROWSERS)
    yield from peers(stack, body)


def peers(stack: ExitStack, body: bytes) -> Iterator[Contender]:
    page = Path(os.environ["VAR_DIR"]) / "page.html"
    page.write_bytes(body)
    env = {**os.environ, "BENCH_PAGE": str(page)}
    yield peer(stack, BARE, "benchmarks.peers.bare:in_memory", env)
    yield peer(stack, BARE_REDIS, "benchmarks.peers.bare:in_redis", env)
    cached = "benchmarks.peers.cached:application"
    yield peer(stack, DJANGO, cached, env | {"BENCH_CACHE": "django"})
    if folder := installed(WAGTAIL_CACHE):
        env |= {"BENCH_CACHE": "wagtail-cache", "PYTHONPATH": str(folder)}
        yield peer(stack, WAGTAIL, cached, env)
    if server := nginx(body):
        started(stack, server).wait()
        yield Contender(NGINX, server)
    if server := nginx_of_ours(body, HOST):
        started(stack, server).wait(host=HOST)
        yield Contender(FILED, server)


def peer(stack: ExitStack, name: str, target: str, env: Mapping[str, str]) -> Contender:
    server = started(stack, granian(f"peer-{name.replace(' ', '-')}", target, env))
    server.wait()
    return Contender(name, server)


def started(stack: ExitStack, server: Server) -> Server:
    stack.callback(server.stop)
    return server
