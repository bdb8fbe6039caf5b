"""After a change one worker renders the tenant's pages again, those visited most first."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

from infra.local.locks import wait_until
from tenancy import hosts
from tenancy.context import tenant_scope
from tenancy.store import renewal, visits
from tenancy.store.renewal import MOST_PAGES, renew
from tenancy.store.shared import Shared
from tenancy.store.visits import Visits
from tenancy.store.wsgi import PageStore
from tenancy.tasks.pages import renew_pages
from tests.tenancy.delivery.conftest import HOST, Answer, KnownVersions

HOME = f"http://{HOST}/"


@pytest.fixture(autouse=True)
def _port(settings: Any) -> None:
    settings.PUBLIC_PORT = 80


class Counting:
    """An application that counts the paths it is asked for, around another."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.asked: list[str] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.asked.append(environ["PATH_INFO"])
        self.meanwhile()
        return self.application(environ, start_response)


@pytest.fixture
def web(new_store: Callable[..., PageStore]) -> PageStore:
    """Return the store of a web process."""
    return new_store(port=80)


@pytest.fixture
def worker(
    new_store: Callable[..., PageStore], versions: KnownVersions, monkeypatch: pytest.MonkeyPatch
) -> Counting:
    """Return what a worker renders with."""
    store = new_store(port=80, memory_limit=0)
    store.application = Counting(store.application)
    monkeypatch.setattr(renewal, "workers_store", lambda: store)
    monkeypatch.setattr(renewal, "versions", versions)
    monkeypatch.setattr(versions, "start", lambda: None)
    return store.application


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Return what is queued: tenant and version."""
    found: list[tuple[int, int]] = []

    def note(arguments: tuple[int], **options: Any) -> None:
        from tenancy.context import require_tenant_id

        found.append((require_tenant_id(), *arguments))

    monkeypatch.setattr(renew_pages, "apply_async", note)
    return found


@pytest.fixture
def reporting(web: PageStore) -> Iterator[Visits]:
    found = Visits(web)
    found.start()
    yield found
    found.stop()


def visit(store: PageStore, path: str = "/", times: int = 1) -> Answer:
    answers = [
        Answer(store, path, SERVER_PORT="80", **{"wsgi.url_scheme": "http"}) for _ in range(times)
    ]
    return answers[0]


def visited(tenant: Any) -> list[str]:
    return Shared(django_settings.REDIS_URL).most_visited(tenant.pk)


def test_what_was_visited_most_is_rendered_first(web, worker, versions, lua):
    for path, times in (("/robots.txt", 1), ("/", 3), ("/en/", 2)):
        visit(web, path, times)
    Visits(web).report()
    versions.raise_to(1, lua.pk)
    with tenant_scope(lua):
        assert renew(version=1) == 3
    assert worker.asked == ["/", "/en/", "/robots.txt"]


def test_guests_find_what_was_rendered(new_store, web, worker, versions, lua):
    visit(web)
    Visits(web).report()
    versions.raise_to(1, lua.pk)
    with tenant_scope(lua):
        renew(version=1)
    asked = Counting(web.application)
    another = new_store(asked, port=80)
    assert visit(another).status == 200
    assert asked.asked == []


def test_what_a_guest_has_had_rendered_is_not_rendered_again(web, worker, versions, lua):
    visit(web)
    Visits(web).report()
    with tenant_scope(lua):
        assert renew(version=0) == 1
    assert worker.asked == []


def test_a_renewal_renders_nothing_older_than_what_it_was_queued_for(
    web, worker, versions, monkeypatch, lua
):
    visit(web)
    Visits(web).report()
    monkeypatch.setattr(renewal, "PATIENCE", 0)
    with tenant_scope(lua):
        assert renew(version=9) == 0
    assert worker.asked == []


def test_a_renewal_ends_when_the_content_changes_again(web, worker, versions, lua):
    for path in ("/", "/en/", "/robots.txt"):
        visit(web, path)
    Visits(web).report()
    versions.raise_to(1, lua.pk)
    worker.meanwhile = lambda: versions.raise_to(2, lua.pk)
    with tenant_scope(lua):
        assert renew(version=1) == 1


def test_no_tenant_keeps_a_worker_for_long(worker, lua, monkeypatch):
    shared = Shared(django_settings.REDIS_URL)
    shared.count_visits(lua.pk, {f"{HOME}{number}/": 1 for number in range(MOST_PAGES + 50)})
    with tenant_scope(lua):
        assert renew(version=0) == MOST_PAGES
        monkeypatch.setattr(renewal, "MOST_SECONDS", 0)
        assert renew(version=0) == 0


def test_an_address_that_is_another_tenants_by_now_is_left(worker, lua, sol):
    assert hosts.resolve(HOST)
    Shared(django_settings.REDIS_URL).count_visits(sol.pk, {HOME: 1, "http://nobody.test/": 1})
    with tenant_scope(sol):
        assert renew(version=0) == 0
    assert worker.asked == []


def test_a_worker_leaves_the_language_as_it_was(worker, lua):
    from django.utils import translation

    Shared(django_settings.REDIS_URL).count_visits(lua.pk, {f"{HOME}en/": 1})
    translation.activate("pt-br")
    with tenant_scope(lua):
        renew(version=0)
    assert translation.get_language() == "pt-br"


def test_of_many_processes_one_queues_a_renewal(new_store, versions, queued, lua):
    processes = [Visits(new_store(port=80)) for _ in range(4)]
    for each in processes:
        each.start()
    versions.raise_to(1, lua.pk)
    for each in processes:
        each.stop()
    assert queued == [(lua.pk, 1)]


def test_changes_that_follow_each_other_are_one_renewal(reporting, versions, queued, lua, sol):
    for version in range(1, 6):
        versions.raise_to(version, lua.pk)
    versions.raise_to(1, sol.pk)
    reporting.stop()
    assert queued == [(lua.pk, 1), (sol.pk, 1)]


def test_a_change_after_a_renewal_began_is_another(reporting, worker, versions, queued, lua):
    versions.raise_to(1, lua.pk)
    assert wait_until(lambda: len(queued) == 1, 5)
    with tenant_scope(lua):
        renew(version=1)
    versions.raise_to(2, lua.pk)
    reporting.stop()
    assert queued == [(lua.pk, 1), (lua.pk, 2)]


def test_a_worker_waits_for_the_last_change_that_somebody_heard_while_it_was_queued(
    web, worker, versions, monkeypatch, queued, lua
):
    visit(web)
    told, late = Visits(web), KnownVersions()
    told.report()
    for version in (1, 2):
        told.renew(lua.pk, version)
    monkeypatch.setattr(renewal, "PATIENCE", 0)
    monkeypatch.setattr(renewal, "versions", late)
    monkeypatch.setattr(late, "start", lambda: None)
    assert queued == [(lua.pk, 1)]
    with tenant_scope(lua):
        late.raise_to(1, lua.pk)
        assert renew(version=1) == 0
        late.raise_to(2, lua.pk)
        assert renew(version=1) == 1


def test_visits_are_reported_when_the_content_changes(reporting, web, versions, queued, lua):
    visit(web, "/", 2)
    versions.raise_to(1, lua.pk)
    reporting.stop()
    assert visited(lua) == [HOME]


def test_visits_are_reported_now_and_then_and_counted_once(monkeypatch, web, lua):
    monkeypatch.setattr(visits, "REPORT_EVERY", 0.01)
    visit(web, "/", 3)
    found = Visits(web)
    found.start()
    assert wait_until(lambda: visited(lua) == [HOME], 5)
    found.stop()
    scores = Shared(django_settings.REDIS_URL)._redis.zscore(f"page:visits:{lua.pk}", HOME)
    assert scores == 3


def test_a_queue_that_is_away_stops_nobody(reporting, versions, monkeypatch, lua, sol):
    from kombu.exceptions import OperationalError

    tried = threading.Event()
    failures: list[int] = []

    def fail(*args: Any, **options: Any) -> None:
        failures.append(1)
        if len(failures) == 2:
            tried.set()
        raise OperationalError("away")

    monkeypatch.setattr(renew_pages, "apply_async", fail)
    versions.raise_to(1, lua.pk)
    versions.raise_to(1, sol.pk)
    assert tried.wait(5)
