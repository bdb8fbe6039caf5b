"""How much memory a web process takes, and whether that grows with what it has served."""

import http.client
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from benchmarks.kit import cpu
from benchmarks.kit.databases import forget_rows
from benchmarks.kit.installation import note, serving_environment
from benchmarks.kit.load import CannotMeasure
from benchmarks.kit.serving import Server, granian
from benchmarks.kit.sizes import MODEL, database

STORE = 8
"""Megabytes of the page store of the process that is measured: full after 300 pages or so."""
USUAL_STORE = 13
TIMES_ASKED = 10
PATHS = ("/", "/suites/loft/")
MEGA = 1_000_000


@dataclass(frozen=True)
class Memory:
    """Resident megabytes of one web process: at first, after half of the requests, after all."""

    requests: int
    pages: int
    start: float
    middle: float
    end: float
    own: float
    """What it shares with no other process, of the last."""

    @property
    def growth(self) -> float:
        return self.end / self.middle

    @property
    def at_most(self) -> float:
        """Return what it would take with a page store of the usual size, full."""
        return self.end + USUAL_STORE - STORE

    def remark(self) -> str:
        return (
            f"A web process took {self.start:.0f} MB when it had begun, {self.middle:.0f} MB after "
            f"half of {self.requests:,} requests for {self.pages:,} pages of different tenants, "
            f"and {self.end:.0f} MB after all of them ({self.own:.0f} MB shared with no other "
            f"process), {STORE} MB at most for the page store. With the usual {USUAL_STORE} MB, "
            f"all in use, it would be the {self.at_most:.0f} MB of the goal."
        )


def memory_of_web_process(size: int, requests: int) -> Memory:
    """Have one web process serve so many requests, for pages of that database's tenants."""
    forget_rows()
    parts = urlsplit(os.environ["DATABASE_URL"])
    url = urlunsplit(parts._replace(path=f"/{database(size)}"))
    environ = serving_environment(DATABASE_URL=url, PAGE_STORE_MEMORY=str(STORE * MEGA))
    server = granian("memory", "config.wsgi:application", environ, workers=1)
    pages = list(addresses(min(size - 1, requests // TIMES_ASKED // len(PATHS))))
    try:
        server.wait(host=f"{MODEL}.localhost")
        start = megabytes(server)
        order = [pages[number // TIMES_ASKED % len(pages)] for number in range(requests)]
        ask(server, order[: requests // 2])
        middle = megabytes(server)
        ask(server, order[requests // 2 :])
        end, own = megabytes(server), max(cpu.unique(server.workers)) / MEGA
    finally:
        server.stop()
    note("Memory is measured.")
    return Memory(requests, len(pages), start, middle, end, own)


def addresses(tenants: int) -> Iterator[tuple[str, str]]:
    for number in range(1, tenants + 1):
        yield from ((f"c{number}-{MODEL}.localhost", path) for path in PATHS)


def ask(server: Server, pages: list[tuple[str, str]]) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        for host, path in pages:
            name = f"{host}:{server.port}"
            connection.request("GET", path, headers={"Host": name, "Accept-Encoding": "br"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise CannotMeasure(f"{name}{path} answers {answer.status}.")


def megabytes(server: Server) -> float:
    return max(cpu.resident(server.workers)) / MEGA
