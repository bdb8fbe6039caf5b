"""How processes learn of versions: from PostgreSQL alone, whatever happens to their connection."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from tenancy.store import versions as module
from tenancy.store.versions import Versions

WAIT = 10
RAISE = "UPDATE wagtailcore_site SET site_name = site_name || '!' WHERE tenant_id = %s"
LOWER = "UPDATE wagtailcore_site SET site_name = rtrim(site_name, '!') WHERE tenant_id = %s"

Execute = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def following(committed: Execute, lua: Any) -> Iterator[Versions]:
    found = Versions()
    found.start()
    assert found.are_known
    yield found
    found.stop()
    committed(LOWER, lua.pk)


def kept(committed: Execute, tenant: Any) -> int:
    return int(
        committed("SELECT version FROM tenancy_contentversion WHERE tenant_id = %s", tenant.pk)[0][
            0
        ]
    )


def comes(found: Versions, tenant: Any, version: int) -> bool:
    deadline = time.monotonic() + WAIT
    while found.of(tenant.pk) != version and time.monotonic() < deadline:
        time.sleep(0.01)
    return found.of(tenant.pk) == version


def test_a_process_begins_with_all_versions(following, committed, lua, sol):
    assert [following.of(each.pk) for each in (lua, sol)] == [
        kept(committed, each) for each in (lua, sol)
    ]
    assert following.of(999) == 0


@pytest.mark.parametrize("listens", [True, False], ids=["hears", "asks"])
def test_a_process_learns_of_each_change(settings, following, committed, lua, sol, listens):
    settings.CONTENT_LISTENS = listens
    following.stop()
    following.start()
    others = following.of(sol.pk)
    for _change in range(3):
        committed(RAISE, lua.pk)
        assert comes(following, lua, kept(committed, lua))
        assert following.age(lua.pk) < WAIT
    assert following.of(sol.pk) == others


def test_what_is_heard_comes_before_what_is_asked(monkeypatch, following, committed, lua):
    monkeypatch.setattr(module, "PAUSE", 60)
    following.stop()
    following.start()
    committed(RAISE, lua.pk)
    assert comes(following, lua, kept(committed, lua))


def test_whoever_asked_to_be_called_is(following, committed, lua):
    called: list[tuple[int, int]] = []
    heard = threading.Event()
    following.call(lambda *change: (called.append(change), heard.set()))
    committed(RAISE, lua.pk)
    assert heard.wait(WAIT)
    assert called == [(lua.pk, kept(committed, lua))]


def test_a_lost_connection_is_made_again_and_nothing_is_missed(following, committed, lua):
    before = following.of(lua.pk)
    committed(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE query LIKE '%%pg_snapshot_xmin%%' AND pid <> pg_backend_pid() "
        "AND datname = current_database()"
    )
    committed(RAISE, lua.pk)
    assert following.of(lua.pk) in {before, kept(committed, lua)}
    assert comes(following, lua, kept(committed, lua))


def test_a_listener_that_fails_leaves_no_process_deaf(following, committed, lua):
    def fail(*change: int) -> None:
        raise ValueError(change)

    following.call(fail)
    for _change in range(2):
        committed(RAISE, lua.pk)
        assert comes(following, lua, kept(committed, lua))


def test_a_restored_database_that_counts_anew_is_heard(following, committed, lua):
    committed(RAISE, lua.pk)
    following.stop()
    following._xmin = 2**62
    following.start()
    assert comes(following, lua, kept(committed, lua))


def test_a_transaction_that_is_committed_late_is_not_missed(following, committed, lua, sol):
    """One that began first is committed last: its number is below those already seen."""
    params = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{n: params[n] for n in names if params.get(n)}) as slow:
        slow.execute(RAISE, [sol.pk])  # type: ignore[arg-type]  # tests' own
        committed(RAISE, lua.pk)
        assert comes(following, lua, kept(committed, lua))
        slow.commit()
        assert comes(following, sol, kept(committed, sol))
    committed(LOWER, sol.pk)
