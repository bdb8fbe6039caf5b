"""How soon guests see what an editor publishes: where it was published, and elsewhere.

Two web processes of the project's own. An editor publishes at one, over HTTP, while guests keep
asking both; another tenant's page is asked for after each time.
"""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field

from benchmarks.kit.installation import serving_environment
from benchmarks.kit.load import CannotMeasure
from benchmarks.kit.serving import Server, granian

HOST, OTHER_HOST = "lua.localhost", "sol.localhost"
STAFF_HOST = "lua.painel.localhost"
CSRF = "b" * 32
PATIENCE = 5.0
PAUSE = 0.5
"""Seconds between two publications; more than that after which an old page is served no more."""


@dataclass
class Publishing:
    """Milliseconds from the editor's answer to the first guest who saw it, each time."""

    here: list[float] = field(default_factory=list)
    elsewhere: list[float] = field(default_factory=list)
    others_misses: int = 0
    """How often another tenant's page was rendered again."""


def publish_and_watch(times: int) -> Publishing:
    """Publish so many times at one of two web processes."""
    found = Publishing()
    with ExitStack() as stack:
        servers = [
            stack.enter_context(one_process(f"live-{place}")) for place in ("here", "elsewhere")
        ]
        editor = Editor(servers[0])
        for server in servers:
            server.get(editor.path, HOST)
            server.get("/", OTHER_HOST)
        before = [rendered(server, OTHER_HOST) for server in servers]
        for number in range(times):
            here, elsewhere = editor.publish(f"Publicado {number}", servers)
            found.here.append(here)
            found.elsewhere.append(elsewhere)
            for server in servers:
                server.get("/", OTHER_HOST)
            time.sleep(PAUSE)
        after = [rendered(server, OTHER_HOST) for server in servers]
    found.others_misses = sum(after) - sum(before)
    return found


@contextmanager
def one_process(name: str) -> Iterator[Server]:
    target = "benchmarks.peers.counted:application"
    server = granian(name, target, serving_environment(), workers=1)
    try:
        server.wait(host=HOST)
        yield server
    finally:
        server.stop()


def rendered(server: Server, host: str) -> int:
    return int(server.get("/_rendered", host).body)


class Editor:
    """Somebody of the company who is signed in at a server, and publishes a page of text."""

    def __init__(self, server: Server) -> None:
        from django.test import Client  # noqa: PLC0415 (after setup)

        from sites.pages import TextPage  # noqa: PLC0415 (after setup)
        from tenancy.context import PLATFORM_ID, tenant_scope  # noqa: PLC0415 (after setup)
        from tenancy.models import Property, Tenant, User  # noqa: PLC0415 (after setup)

        self._server = server
        client = Client(HTTP_HOST=STAFF_HOST)
        with tenant_scope(PLATFORM_ID):
            tenant = Tenant.objects.get(slug="lua")
        self._tenant = tenant
        with tenant_scope(tenant):
            home = Property.objects.get(slug="lua").site.root_page
            page = TextPage.objects.descendant_of(home).live().first()
            client.force_login(User.objects.get(email="owner@lua.test"))
            self.path = page.get_url_parts()[2]
        self._page_id = page.pk
        session = client.cookies["alcova_session"].value
        self._headers = {
            "Cookie": f"alcova_session={session}; alcova_csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def publish(self, title: str, servers: list[Server]) -> list[float]:
        """Publish the page under a new title; return when guests of each server saw it."""
        self._draft(title)
        watches = [Watch(server, self.path, title.encode()) for server in servers]
        path = f"/admin/bulk/wagtailcore/page/publish/?id={self._page_id}&next=/admin/"
        body = f"csrfmiddlewaretoken={CSRF}"
        answer = self._server.ask("POST", path, STAFF_HOST, self._headers, body)
        published = time.perf_counter()
        if answer.status != http.HTTPStatus.FOUND:
            raise CannotMeasure(f"Publishing answers {answer.status}: {answer.body[-1000:]!r}")
        return [max(0.0, watch.seen() - published) * 1e3 for watch in watches]

    def _draft(self, title: str) -> None:
        from sites.pages import TextPage  # noqa: PLC0415 (after setup)
        from tenancy.context import tenant_scope  # noqa: PLC0415 (after setup)

        with tenant_scope(self._tenant):
            page = TextPage.objects.get(pk=self._page_id)
            page.title = title
            page.save_revision()


class Watch:
    """A guest who keeps asking a server for a page until something is on it."""

    def __init__(self, server: Server, path: str, mark: bytes) -> None:
        self._server, self._path, self._mark = server, path, mark
        self._at: float | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def seen(self) -> float:
        """Return the moment at which it was there; raise if it does not come."""
        self._thread.join(PATIENCE)
        if self._at is None:
            raise CannotMeasure(f"{self._server.name} does not show what was published.")
        return self._at

    def _look(self) -> None:
        until = time.monotonic() + PATIENCE
        address = ("127.0.0.1", self._server.port)
        with closing(http.client.HTTPConnection(*address, timeout=PATIENCE)) as connection:
            while self._at is None and time.monotonic() < until:
                headers = {"Host": f"{HOST}:{self._server.port}"}
                connection.request("GET", self._path, headers=headers)
                if self._mark in connection.getresponse().read():
                    self._at = time.perf_counter()
                time.sleep(0.002)
