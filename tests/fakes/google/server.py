"""The service over HTTP, on a port of its own. One request at a time sees the world."""

import json
import time
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes import serving
from tests.fakes.google.api import Answer, Request, answer
from tests.fakes.google.faults import Fault
from tests.fakes.google.world import World
from tests.fakes.serving import Server, served


class Handler(serving.Handler):
    server: Server[World]

    def serve(self) -> None:
        asked, world = self.read(), self.server.service
        with world.lock:
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

    do_DELETE = do_GET = do_POST = do_PUT = serve  # noqa: N815 (names of the library)

    def read(self) -> Request:
        parts = urlsplit(self.path)
        host, _slash, path = parts.path.lstrip("/").partition("/")
        raw = self.body()
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body: Any = None
        if raw and "json" in self.headers.get("Content-Type", ""):
            body = json.loads(raw)
        elif raw:
            body = {name: values[0] for name, values in parse_qs(raw.decode()).items()}
        authorization = self.headers.get("Authorization", "")
        return Request(self.command, host, f"/{path}", query, body, authorization)

    def go_wrong(self, fault: serving.Fault) -> None:
        kind = "application/json" if fault.body[:1] == b"{" else "text/html"
        super().go_wrong(replace(fault, headers={"Content-Type": kind, **fault.headers}))

    def say(self, answered: Answer) -> None:
        body = answered.body or json.dumps(answered.said).encode()
        self.send(answered.status, body, {"Content-Type": answered.kind})


def running(world: World, port: int = 0) -> AbstractContextManager[World]:
    """Serve the world until the block ends; `world.url` is where."""
    return served(world, Handler, port=port)
