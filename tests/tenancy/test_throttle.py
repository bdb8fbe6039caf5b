import pytest
from django.core.cache import caches

from tenancy import throttle


def allows(rf, host="lua.localhost", address="203.0.113.1", name="door", **headers: str) -> bool:
    request = rf.get("/", HTTP_HOST=host, REMOTE_ADDR=address, headers=headers)
    return throttle.allows(request, name=name, limit=2, seconds=60)


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    caches["platform"].clear()


def test_an_address_may_ask_as_often_as_the_limit_says(rf):
    assert [allows(rf) for _time in range(4)] == [True, True, False, False]


def test_hosts_addresses_and_things_are_counted_apart(rf):
    for _time in range(3):
        allows(rf)

    assert allows(rf, host="sol.localhost")
    assert allows(rf, address="203.0.113.2")
    assert allows(rf, name="window")
    assert not allows(rf)


def test_forwarded_addresses_count_only_where_a_proxy_of_ours_writes_them(rf, settings):
    seen = {"X-Forwarded-For": "192.0.2.9, 198.51.100.7"}
    request = rf.get("/", REMOTE_ADDR="203.0.113.1", headers=seen)

    assert throttle.client_address(request) == "203.0.113.1"
    settings.TRUST_PROXY_HEADERS = True
    assert throttle.client_address(request) == "198.51.100.7"


def test_a_count_that_ends_in_between_lets_the_request_through(rf, monkeypatch):
    monkeypatch.setattr(caches["platform"], "add", lambda *args: True)

    assert allows(rf)


def test_no_address_is_kept_in_the_open(rf, monkeypatch):
    keys = []
    cache = caches["platform"]
    incr = cache.incr
    monkeypatch.setattr(cache, "incr", lambda key: keys.append(key) or incr(key))

    allows(rf)

    assert keys
    assert "203.0.113.1" not in str(keys)
