"""The service over HTTP, on a port of its own. One request at a time sees the world."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.google.api import Answer, Request, answer
from tests.fakes.google.faults import Fault
from tests.fakes.google.world import World


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Server"

    def do_GET(self) -> None:
        self.serve()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 (names of the library)

    def serve(self) -> None:
        asked, world = self.read(), self.server.world
        with self.server.lock:
            fault = world.faults.next(asked.host) if world.faults else None
            answered = None
            if fault is None or not (fault.status or fault.drops):
                answered = answer(world, asked)
            else:
                world.admits(asked.host)  # what goes wrong counts as well
        if fault is not None:
            time.sleep(fault.slow)
        if answered is None:
            self.go_wrong(fault or Fault(drops=True))
        else:
            self.say(answered)

    def read(self) -> Request:
        parts = urlsplit(self.path)
        host, _slash, path = parts.path.lstrip("/").partition("/")
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body: Any = None
        if raw and "json" in self.headers.get("Content-Type", ""):
            body = json.loads(raw)
        elif raw:
            body = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
        authorization = self.headers.get("Authorization", "")
        return Request(self.command, host, f"/{path}", query, body, authorization)

    def go_wrong(self, fault: Fault) -> None:
        if fault.drops:
            self.close_connection = True
            self.connection.close()
            return
        kind = "application/json" if fault.body[:1] == b"{" else "text/html"
        self.send(fault.status, fault.body, {"Content-Type": kind, **fault.headers})

    def say(self, answered: Answer) -> None:
        body = answered.body or json.dumps(answered.said).encode()
        self.send(answered.status, body, {"Content-Type": answered.kind})

    def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, world: World, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.world = world
        self.lock = threading.Lock()

    def handle_error(self, *args: Any) -> None:
        """Say nothing of clients that have gone: they were meant to."""


@contextmanager
def running(world: World, port: int = 0) -> Iterator[World]:
    """Serve the world until the block ends; `world.url` is where."""
    server = Server(world, port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    world.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield world
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
