"""What a new web process does before its first guest."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, close_old_connections

from config import warmup
from config.warmup import warm_up


class Recorder:
    """Hands requests on to Django, and remembers what came back."""

    def __init__(self) -> None:
        self.django = WSGIHandler()
        self.answers: list[tuple[str, str, str]] = []
        self.bodies: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def noted(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            self.answers.append((environ["HTTP_HOST"], environ["PATH_INFO"], status))
            return start_response(status, headers, *rest)

        body = list(self.django(environ, noted))
        self.bodies.append(b"".join(body))
        return body


@pytest.fixture
def recorder():
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Recorder()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_new_process_renders_some_home_page_whole(lua, sol, recorder):
    warm_up(recorder)

    [(host, path, status)] = recorder.answers
    assert host.endswith(".localhost")
    assert (path, status) == ("/", "200 OK")
    assert b"</html>" in recorder.bodies[0]


def test_a_process_begins_without_a_database_too(recorder, monkeypatch):
    def away(model: type) -> None:
        raise DatabaseError("connection refused\nat 10.0.0.1")

    monkeypatch.setattr(warmup, "QuerySet", away)

    warm_up(recorder)

    assert recorder.answers == []
