"""A service over real HTTP, on a port of its own, and the ways in which any service goes wrong."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Protocol, TypeVar

NONE: Mapping[str, str] = MappingProxyType({})


class Service(Protocol):
    """What can be served: it is told where."""

    url: str


S = TypeVar("S", bound=Service)


@dataclass
class Fault:
    """An answer out of order: a status with a body as it is, or none at all."""

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drops: bool = False
    stalls: threading.Event | None = None


class Handler(BaseHTTPRequestHandler):
    """How a service is asked, and answers; each has its own `do_…`."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    always: ClassVar[Mapping[str, str]] = NONE
    """Headers of every answer."""

    def body(self) -> bytes:
        """Return what was sent along; it can be read once."""
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def send(self, status: int, body: bytes, headers: Mapping[str, str] = NONE) -> None:
        """Answer; to HEAD without the body."""
        self.send_response(status)
        length = {"Content-Length": str(len(body))}
        for name, value in {**length, **self.always, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def go_wrong(self, fault: Fault) -> None:
        """Answer out of order, late, or not at all."""
        if fault.stalls is not None:
            fault.stalls.wait(30)
        if fault.drops:
            self.close_connection = True
            self.connection.close()
            return
        self.send(fault.status, fault.body, fault.headers)

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer, Generic[S]):
    """One service, to whose handler it is known."""

    def __init__(self, service: S, handler: type[Handler], port: int) -> None:
        super().__init__(("127.0.0.1", port), handler)
        self.service = service

    def handle_error(self, *args: Any) -> None:
        """Say nothing of clients that have gone: they were meant to."""


@contextmanager
def served(service: S, handler: type[Handler], *, port: int = 0, path: str = "") -> Iterator[S]:
    """Serve until the block ends, on a free port if none is given; `service.url` is where."""
    server = Server(service, handler, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}{path}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
