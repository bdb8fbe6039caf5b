"""The CDN forgets what was published over, whatever goes wrong between us, and nothing else."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pybreaker
import pytest
import stamina
from django.conf import settings as django_settings
from redis import Redis

from tenancy import purging
from tenancy.clients import cloudflare
from tenancy.purging import CLAIM, PLANS, purge_changed
from tenancy.store.tags import tag_of, tag_of_tenant
from tests.conftest import execute_as_owner
from tests.fakes.cloudflare import BUCKETS, TOKEN, ZONE, Cloudflare, envelope, running
from tests.fakes.serving import Fault
from tests.tenancy.delivery.conftest import Answer

OUT_OF_SORTS = {
    "an error": Fault(500, json.dumps(envelope(False, {"code": 1, "message": "x"})).encode()),
    "an error page": Fault(502, b"<html>bad gateway</html>"),
    "half an envelope": Fault(200, b'{"success": tr'),
    "another envelope": Fault(200, b"[]"),
    "a dropped connection": Fault(drops=True),
}


@pytest.fixture
def cdn(settings: Any) -> Iterator[Cloudflare]:
    with running(Cloudflare(plan="free")) as service, stamina.set_testing(True, attempts=3):
        settings.CDN_SECONDS = 3600
        settings.CLOUDFLARE_API_URL = service.url
        settings.CLOUDFLARE_ZONE_ID = ZONE
        settings.CLOUDFLARE_API_TOKEN = TOKEN
        settings.CLOUDFLARE_PLAN = service.plan
        cloudflare.breaker.close()
        yield service
    cloudflare.breaker.close()
    assert service.refused == []


@pytest.fixture
def tenants(lua: Any, sol: Any) -> list[int]:
    """Let the CDN know of everything, and return the two tenants' ids."""
    execute_as_owner("UPDATE tenancy_contentversion SET purged_version = version")
    return [lua.pk, sol.pk]


def change(tenant_id: int) -> None:
    execute_as_owner(
        "UPDATE tenancy_contentversion SET version = version + 1 WHERE tenant_id = %s", tenant_id
    )


def told(tenant_id: int) -> bool:
    """Say whether the outbox has nothing of a tenant."""
    return execute_as_owner(
        "SELECT purged_version = version FROM tenancy_contentversion WHERE tenant_id = %s",
        tenant_id,
    ) == [(True,)]


def next_turn() -> int:
    """Purge as the timetable does, once nothing is claimed any more."""
    Redis.from_url(django_settings.REDIS_URL).delete(f"page:{CLAIM}")
    return purge_changed(settle=0)


def test_what_changed_is_forgotten_and_nothing_else(cdn, tenants):
    lua, sol = tenants
    cdn.cached = {"lua/": {tag_of_tenant(lua)}, "sol/": {tag_of_tenant(sol)}}
    change(lua)
    assert next_turn() == 1
    assert set(cdn.cached) == {"sol/"}
    assert told(lua)


def test_nothing_is_asked_where_nothing_changed(cdn, tenants):
    assert next_turn() == 0
    assert cdn.calls == []


def test_nobody_is_told_where_there_is_no_zone(cdn, tenants, settings):
    settings.CLOUDFLARE_ZONE_ID = ""
    change(tenants[0])
    assert next_turn() == 0
    assert (cdn.calls, told(tenants[0])) == ([], False)


def test_many_changes_are_one_call(cdn, tenants):
    for tenant_id in tenants * 3:
        change(tenant_id)
    assert next_turn() == 2
    assert [sorted(call) for call in cdn.calls] == [sorted(map(tag_of_tenant, tenants))]


@pytest.mark.parametrize("fault", OUT_OF_SORTS.values(), ids=OUT_OF_SORTS)
def test_a_call_that_fails_is_tried_again(cdn, tenants, fault):
    cdn.faults = [fault, fault]
    change(tenants[0])
    assert next_turn() == 1
    assert told(tenants[0])


@pytest.mark.parametrize("fault", OUT_OF_SORTS.values(), ids=OUT_OF_SORTS)
def test_what_was_not_confirmed_stays_to_be_told(cdn, tenants, fault):
    cdn.faults = [fault] * 3
    change(tenants[0])
    assert next_turn() == 0
    assert not told(tenants[0])
    assert next_turn() == 1
    assert told(tenants[0])


def test_an_envelope_that_denies_counts_more_than_its_status(cdn, tenants):
    cdn.faults = [Fault(200, json.dumps(envelope(False, {"code": 9, "message": "no"})).encode())]
    change(tenants[0])
    assert next_turn() == 0
    assert not told(tenants[0])
    assert purge_changed(settle=0) == 0  # who is refused does not ask again at once
    assert cdn.calls == []


def test_a_silent_service_is_left(cdn, tenants, monkeypatch):
    monkeypatch.setattr(cloudflare, "TIMEOUT", (0.2, 0.2))
    released = threading.Event()
    cdn.faults = [Fault(200, b"{}", stalls=released)] * 3
    change(tenants[0])
    assert next_turn() == 0
    released.set()
    assert not told(tenants[0])


def test_a_service_that_stays_away_is_not_asked_for_a_while(cdn, tenants):
    cdn.faults = [Fault(503, b"")] * 9
    change(tenants[0])
    assert [next_turn() for _ in range(4)] == [0, 0, 0, 0]
    assert cdn.faults == []
    assert cloudflare.breaker.current_state == pybreaker.STATE_OPEN
    assert cdn.calls == []
    cloudflare.breaker.half_open()
    assert next_turn() == 1


@pytest.mark.parametrize(("says", "seconds"), [("7", 7), ("", 60), ("soon", 60), ("99999", 600)])
def test_too_many_requests_are_followed_by_a_pause(cdn, tenants, says, seconds):
    headers = {"Retry-After": says} if says else {}
    cdn.faults = [Fault(429, b"", headers)]
    change(tenants[0])
    assert next_turn() == 0
    kept = Redis.from_url(django_settings.REDIS_URL).ttl(f"page:{CLAIM}")
    assert seconds - 1 <= kept <= seconds
    assert purge_changed(settle=0) == 0
    assert (cdn.calls, told(tenants[0])) == ([], False)


def test_a_worker_killed_before_it_wrote_down_loses_nothing(cdn, tenants, monkeypatch):
    change(tenants[0])
    with monkeypatch.context() as killed:

        def die(batch: Any) -> None:
            raise SystemExit

        killed.setattr(purging, "note", die)
        with pytest.raises(SystemExit):
            next_turn()
    assert next_turn() == 1
    assert len(cdn.calls) == 2


def test_a_change_while_the_cdn_is_told_is_told_as_well(cdn, tenants, monkeypatch):
    change(tenants[0])
    purge: Callable[..., Any] = cloudflare.purge

    def purge_meanwhile(tags: list[str]) -> Any:
        change(tenants[0])
        return purge(tags)

    with monkeypatch.context() as busy:
        busy.setattr(cloudflare, "purge", purge_meanwhile)
        next_turn()
    assert not told(tenants[0])
    assert next_turn() == 1
    assert told(tenants[0])


def test_two_workers_do_not_tell_the_same(cdn, tenants):
    change(tenants[0])
    assert next_turn() == 1
    change(tenants[0])
    assert purge_changed(settle=0) == 0
    assert len(cdn.calls) == 1


@pytest.mark.parametrize("plan", PLANS)
def test_a_plans_bucket_never_runs_empty(plan):
    """Turn after turn with as many tenants as a turn takes, on the service's own clock."""
    service = Cloudflare(plan=plan)
    calls, _seconds = PLANS[plan]
    for _turn in range(200):
        assert [service.admits() for _call in range(calls)] == [0.0] * calls
        service.now += purging.pause_of(PLANS[plan], calls * cloudflare.MOST_TAGS)
    assert set(PLANS) == set(BUCKETS)


def test_more_tenants_than_fit_into_a_call_are_several(cdn, tenants, monkeypatch, settings):
    settings.CLOUDFLARE_PLAN = "pro"
    monkeypatch.setattr(cloudflare, "MOST_TAGS", 1)
    for tenant_id in tenants:
        change(tenant_id)
    assert next_turn() == 2
    assert sorted(cdn.calls) == sorted([tag_of_tenant(each)] for each in tenants)


def test_who_asks_for_too_much_is_not_served_by_the_fake():
    service = Cloudflare()
    for asked in ({"purge_everything": True}, {"tags": ["a"] * 101}, {"tags": ["a b"]}, {}, []):
        assert service.purge(asked)[0] == 400
    assert len(service.refused) == 5


def test_pages_name_their_tenant_property_and_page(cdn, new_store, lua):
    answer = Answer(new_store(), "/")
    tags = answer.headers["Cache-Tag"].split(",")
    assert tags[0] == tag_of_tenant(lua.pk)
    assert len(tags) == 3
    assert all(tag.isalnum() and len(tag) == 20 for tag in tags)


def test_tags_tell_nothing(settings):
    here = tag_of("tenant:7")
    tag_of.cache_clear()
    settings.SECRET_KEY = "another" * 10
    assert tag_of("tenant:7") != here
    tag_of.cache_clear()


def test_pages_have_no_tags_where_there_is_no_cdn(new_store, lua):
    assert "Cache-Tag" not in Answer(new_store(), "/").headers


def test_an_answer_that_is_old_before_it_is_sent_is_kept_by_no_cdn(cdn, new_store, versions, lua):
    store = new_store()
    application = store.application

    def slow(environ: Any, start_response: Any) -> Any:
        result = application(environ, start_response)
        versions.raise_to(1, lua.pk)
        return result

    store.application = slow
    assert "s-maxage=0" in Answer(store, "/").headers["Cache-Control"]
