"""The database goes away and comes back, under a running server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.e2e.conftest import Live

# Has the test database made, of which the server gets a copy.
pytestmark = pytest.mark.django_db

CHANGE = "UPDATE wagtailcore_site SET site_name = site_name || '.'"


def ask(live: Live, path: str = "/suites/") -> tuple[int, str, Message]:
    request = Request(
        f"http://127.0.0.1:{live.port}{path}", headers={"Host": f"lua.localhost:{live.port}"}
    )
    try:
        with urlopen(request, timeout=60) as response:
            return response.status, response.read().decode(), response.headers
    except HTTPError as error:
        return error.code, error.read().decode(), error.headers


def cut_connections(live: Live) -> None:
    """End the server's connections, and wait until they have ended."""
    live.execute(
        "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND usename = 'alcova_app'"
    )


@contextmanager
def nobody_may_connect(live: Live) -> Iterator[None]:
    name = urlsplit(live.dsn).path.strip("/")
    live.execute(f'REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC, alcova_app')
    cut_connections(live)
    try:
        yield
    finally:
        live.execute(f'GRANT CONNECT ON DATABASE "{name}" TO PUBLIC, alcova_app')


def test_a_restarted_database_is_not_noticed(live: Live) -> None:
    assert ask(live)[0] == 200

    cut_connections(live)

    assert ask(live)[0] == 200


def test_while_the_database_is_away_guests_are_told_so_and_then_served_again(live: Live) -> None:
    live.execute(CHANGE)  # so that no page is kept
    with nobody_may_connect(live):
        status, text, headers = ask(live, "/faq/")

    assert (status, headers["Retry-After"]) == (503, "10")
    assert "instantes" in text or "minutos" in text
    assert ask(live)[0] == 200


def test_pages_that_are_kept_are_served_meanwhile_and_changed_afterwards(live: Live) -> None:
    assert ask(live)[0] == 200
    with nobody_may_connect(live):
        assert ask(live)[0] == 200
    ((name,),) = live.execute("SELECT name FROM tenancy_property WHERE slug = 'lua'")
    for new in ("De Volta", name):
        live.execute("UPDATE tenancy_property SET name = %s WHERE slug = 'lua'", new)
        deadline = time.monotonic() + 60
        while str(new) not in ask(live)[1]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
