"""The embedded Redis-compatible server: cache, broker, limits and locks."""

import signal
import socket
from collections.abc import Sequence
from contextlib import suppress

from infra.local.checkout import Checkout, make_directory
from infra.local.guard import Options
from infra.local.locks import wait_until
from infra.local.programs import valkey_program
from infra.local.server import STOP_TIMEOUT, Server

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "maxmemory": "256mb",
    "maxmemory-policy": "noeviction",
    "loglevel": "warning",
}
"""A broker must refuse what it cannot keep, rather than forget what it has."""


class Valkey(Server):
    name = "valkey"

    def __init__(self, checkout: Checkout, *, for_tests: bool = False) -> None:
        super().__init__(checkout)
        self._for_tests = for_tests
        self._data = checkout.var / "valkey"
        self._socket = checkout.run_dir / "valkey.sock"

    def urls(self) -> dict[str, str]:
        return {"REDIS_URL": f"unix://{self._socket}?db=0"}

    def command(self) -> Sequence[str]:
        settings = SETTINGS | {
            "unixsocket": str(self._socket),
            "dir": str(self._data),
            "appendonly": "no" if self._for_tests else "yes",
        }
        options = (part for name, value in settings.items() for part in (f"--{name}", value))
        return [str(valkey_program()), *options]

    def guard_options(self) -> Options:
        return Options(self.name, signal.SIGTERM)

    def is_ready(self) -> bool:
        return self._ask(b"PING\r\n").startswith(b"+PONG")

    def prepare(self) -> None:
        make_directory(self._data)

    def settle(self) -> None:
        """Nothing is to be done: it knows no users."""

    def stop_orphan(self) -> None:
        if self._ask(b"PING\r\n"):
            self._ask(b"SHUTDOWN\r\n")
            wait_until(lambda: not self._ask(b"PING\r\n"), STOP_TIMEOUT)

    def _ask(self, request: bytes) -> bytes:
        """Return the start of the answer; nothing, when there is no server."""
        with suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1.0)
            client.connect(str(self._socket))
            client.sendall(request)
            return client.recv(64)
        return b""
