"""Servers under measurement: each ends with this process, however that ends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.kit import cpu
from benchmarks.kit.installation import ROOT
from infra.local.guard import Options
from infra.local.locks import wait_until
from infra.local.server import start_guard

START_SECONDS = 60.0
STOP_SECONDS = 15.0
# As docker/Dockerfile starts it.
GRANIAN = ("-m", "granian", "--interface=wsgi", "--blocking-threads=1", "--no-ws")


NOTHING: Mapping[str, str] = {}


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class DidNotStart(RuntimeError):
    """A server under measurement does not answer."""


class Server:
    """A program that answers at a port of this machine."""

    def __init__(self, name: str, command: Sequence[str], port: int, env: Mapping[str, str]):
        self.name = name
        self.port = port
        self._log = Path(os.environ["VAR_DIR"]) / f"bench-{name}.log"
        with self._log.open("wb") as log:
            self._guard = start_guard(
                Options(name, signal.SIGTERM, restart=False),
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=env,
            )

    def wait(self, path: str = "/", host: str = "") -> bytes:
        """Wait until it answers a path with 200; return the body."""
        found: list[bytes] = []

        def answers() -> bool:
            try:
                answer = self.get(path, host)
            except (OSError, http.client.HTTPException):
                return self._guard.poll() is not None
            found[:] = [answer.body] if answer.status == http.HTTPStatus.OK else []
            return bool(found)

        if not wait_until(answers, START_SECONDS) or not found:
            raise DidNotStart(f"{self.name}: {self._log.read_text()[-2000:]}")
        return found[0]

    def get(self, path: str, host: str = "", headers: Mapping[str, str] = NOTHING) -> Answer:
        return self.ask("GET", path, host, headers)

    def ask(
        self, method: str, path: str, host: str, headers: Mapping[str, str], body: str = ""
    ) -> Answer:
        """Return what is answered at a host, over a connection of its own."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            name = f"{host or 'localhost'}:{self.port}"
            connection.request(method, path, body or None, {"Host": name, **headers})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    @property
    def processes(self) -> list[psutil.Process]:
        return psutil.Process(self._guard.pid).children(recursive=True)

    @property
    def workers(self) -> list[psutil.Process]:
        """Return those that serve: the program's own children."""
        return [each for each in self.processes if each.ppid() != self._guard.pid]

    def cpu(self) -> float:
        """Return the seconds of CPU that its processes have used."""
        return cpu.of_all(self.processes)

    def stop(self) -> None:
        if self._guard.stdin:
            self._guard.stdin.close()
        self._guard.wait(STOP_SECONDS)


def granian(
    name: str, target: str, env: Mapping[str, str], *, workers: int = 2, port: int = 0
) -> Server:
    """Start a WSGI application as the container does."""
    port = port or free_port()
    command = [sys.executable, *GRANIAN, f"--workers={workers}"]
    command += ["--host=127.0.0.1", f"--port={port}", target]
    return Server(name, command, port, {**env, "PORT": str(port)})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
