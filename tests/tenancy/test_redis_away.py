"""Guests and editors go on while Redis is away or full: nothing is found, and nothing is lost."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.test import Client
from redis import Redis
from redis.exceptions import ConnectionError as RedisAway
from structlog.testing import capture_logs

from config.celery import app
from config.env import broker_url
from infra.local.valkey import Valkey
from tenancy import cache as module
from tenancy import hosts, schedule
from tenancy.context import tenant_scope
from tenancy.models import Invitation
from tenancy.store.shared import Shared
from tenancy.tasks.ops import admit
from tests.infra.conftest import temporary_checkout


@pytest.fixture
def valkey(settings, monkeypatch) -> Iterator[Valkey]:
    """Have caches and queue in a Valkey of the test's own, which it may stop."""
    monkeypatch.setattr(module, "REST", 0.2)
    with temporary_checkout() as checkout:
        server = Valkey(checkout, for_tests=True)
        url = server.urls()["REDIS_URL"]
        settings.CACHES = {
            name: {**config, "LOCATION": url} for name, config in django_settings.CACHES.items()
        }
        with queue_at(broker_url(url)):
            yield server


@contextmanager
def queue_at(url: str) -> Iterator[None]:
    """Have tasks queued there, as a process with that setting does."""
    changes = {"task_always_eager": False, "broker_url": url}
    usual = {name: app.conf[name] for name in changes}
    app.conf.update(changes)
    app._after_fork()  # what forgets all connections
    try:
        yield
    finally:
        app.conf.update(usual)
        app._after_fork()


def rested() -> None:
    time.sleep(module.REST + 0.05)


def fill(valkey: Valkey) -> None:
    with Redis.from_url(valkey.urls()["REDIS_URL"]) as redis:
        redis.config_set("maxmemory", 1)


@pytest.mark.parametrize("host", ["lua.localhost", "sol.localhost"])
def test_guests_are_served_while_redis_is_away(lua, sol, valkey, host):
    for path in ("/", "/suites/"):
        hosts.clear_local()
        assert Client(HTTP_HOST=host).get(path).status_code == 200


def test_guests_are_served_while_redis_is_full(lua, valkey):
    with valkey.running():
        fill(valkey)
        assert Client(HTTP_HOST="lua.localhost").get("/").status_code == 200


def test_what_is_away_keeps_and_finds_nothing_and_comes_back(valkey):
    with tenant_scope(7):
        with valkey.running():
            cache.set("a", 1)
            assert cache.get("a") == 1
        cache.set("a", 2)
        cache.set_many({"a": 2})
        assert cache.get("a", "nothing") == "nothing"
        assert cache.get_many(["a"]) == {}
        assert not cache.has_key("a")
        assert not cache.touch("a")
        assert not cache.delete("a")
        cache.delete_many(["a"])
        assert cache.get_or_set("a", lambda: 3) == 3
        with valkey.running():
            rested()
            assert cache.get_or_set("a", lambda: 4) == 4
            assert cache.get_or_set("a", 5) == 4


def test_what_is_full_still_finds_and_deletes(valkey):
    with tenant_scope(7), valkey.running():
        cache.set("a", 1)
        fill(valkey)
        cache.set("b", 2)
        cache.set_many({"b": 2})
        rested()
        assert cache.get("a") == 1
        assert cache.get("b") is None
        assert cache.delete("a")


@pytest.mark.parametrize(("verb", "args"), [("add", ["a", 1]), ("incr", ["a"])])
def test_locks_and_counters_are_not_answered_by_guessing(valkey, verb, args):
    with tenant_scope(7), pytest.raises(RedisAway):
        getattr(cache, verb)(*args)


def test_redis_that_is_away_is_left_alone_for_a_while_and_told_of_once(valkey):
    with capture_logs() as lines:
        with valkey.running(), tenant_scope(7):
            module.outage_of(valkey.urls()["REDIS_URL"]).note(RedisAway("no answer"))
            caches["platform"].set("a", 1)
            cache.set("a", 1)
            rested()
            assert caches["platform"].get("a") is None
            assert cache.get("a") is None
        caches["platform"].get("a")
    assert [line["event"] for line in lines] == ["cache.away"]


def test_redis_that_stays_away_is_asked_less_and_less_often(monkeypatch):
    clock = Clock(monkeypatch)
    outage = module.Outage()
    rests = []
    for _error in range(6):
        outage.note(RedisAway("no answer"))
        rests.append(clock.until(lambda: not outage.is_on))
    assert rests == [1, 2, 4, 8, 8, 8]
    clock.now += 60  # in which it answered
    outage.note(RedisAway("no answer"))
    assert clock.until(lambda: not outage.is_on) == 1


class Clock:
    """Time that passes by whole seconds, when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)

    def until(self, is_so: Callable[[], bool]) -> int:
        began = self.now
        while not is_so():
            self.now += 1
        return self.now - began


def test_a_redis_that_is_silent_is_asked_once_and_then_left_alone():
    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        port = silent.getsockname()[1]
        store = Shared(f"redis://127.0.0.1:{port}/0")
        assert store.get("lua.localhost", "/") is None
        assert store.claim("lua.localhost", "/")
        assert not store.is_claimed("lua.localhost", "/")
        silent.settimeout(0)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_domain_that_changes_after_an_outage_is_not_served_as_before(
    lua, valkey, django_capture_on_commit_callbacks
):
    with valkey.running():
        assert hosts.resolve("lua.localhost")
        assert caches["platform"].get("host:lua.localhost")
        module.outage_of(valkey.urls()["REDIS_URL"]).note(RedisAway("a moment ago"))
        with django_capture_on_commit_callbacks(execute=True):
            hosts.forget("lua.localhost")
        rested()
        assert caches["platform"].get("host:lua.localhost") is None


@pytest.mark.parametrize("is_full", [False, True])
def test_an_invitation_is_taken_up_when_the_queue_is_back(
    lua, valkey, is_full, django_capture_on_commit_callbacks
):
    """The request that makes it succeeds, and the timetable queues it again."""
    began = time.monotonic()
    if is_full:
        with valkey.running():
            fill(valkey)
            invite(lua, django_capture_on_commit_callbacks)
    else:
        invite(lua, django_capture_on_commit_callbacks)
    assert time.monotonic() - began < 10

    with valkey.running():
        assert queued(valkey) == 0
        with tenant_scope(lua):
            Invitation.objects.update(created_at="2020-01-01T00:00Z")
        schedule.resume_admissions()
        assert queued(valkey) == 1


def invite(lua, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), tenant_scope(lua):
        Invitation.objects.create(email="nova@lua.test", name="Nova")


def queued(valkey: Valkey) -> int:
    with Redis.from_url(valkey.urls()["REDIS_URL"]) as redis:
        return int(redis.llen(admit.app.conf.task_default_queue)) + int(redis.llen("ops"))
