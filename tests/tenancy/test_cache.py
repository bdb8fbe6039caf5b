import pytest
from django.conf import settings
from django.core.cache import cache, caches
from redis import Redis

from tenancy.cache import CacheAcrossTenants, SharedRedisCache, tenant_key
from tenancy.context import NoTenant, bypassing, tenant_scope


def test_a_key_holds_its_tenant():
    with tenant_scope(7):
        assert tenant_key("pages", "alcova", 1) == "alcova:t7:1:pages"


def test_no_key_of_one_tenant_is_anothers():
    keys = set()
    for tenant_id in (1, 11, 111):
        with tenant_scope(tenant_id):
            keys |= {tenant_key("1:1", "", 1), tenant_key("1", "", 11), tenant_key("1:1:1", "", 1)}
    assert len(keys) == 9


def test_tenants_keep_equal_keys_apart(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            cache.set("name", tenant.slug)
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            assert cache.get("name") == tenant.slug
            assert cache.get_many(["name"]) == {"name": tenant.slug}


def test_what_one_tenant_deletes_the_other_keeps(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            cache.set("name", tenant.slug)
    with tenant_scope(lua):
        cache.delete_many(["name"])
        assert cache.get("name") is None
    with tenant_scope(sol):
        assert cache.get("name") == "sol"


@pytest.mark.parametrize(
    ("verb", "args"),
    [
        ("get", ["a"]),
        ("set", ["a", 1]),
        ("add", ["a", 1]),
        ("delete", ["a"]),
        ("touch", ["a"]),
        ("incr", ["a"]),
        ("get_or_set", ["a", 1]),
        ("has_key", ["a"]),
        ("get_many", [["a"]]),
        ("set_many", [{"a": 1}]),
        ("delete_many", [["a"]]),
        ("clear", []),
    ],
)
def test_nothing_is_cached_without_a_tenant_or_across_them(verb, args):
    with pytest.raises(NoTenant):
        getattr(cache, verb)(*args)
    with tenant_scope(7), bypassing(), pytest.raises(CacheAcrossTenants):
        getattr(cache, verb)(*args)


def test_the_platforms_cache_needs_no_tenant():
    caches["platform"].set("a", 1)
    assert caches["platform"].get("a") == 1
    with tenant_scope(7):
        assert cache.get("a") is None


@pytest.fixture
def full_redis():
    """Return the database with keys of two tenants, of the platform and of the broker in it."""
    redis = Redis.from_url(settings.REDIS_URL, decode_responses=True)
    redis.flushdb()
    redis.lpush("celery", "queued work")
    caches["platform"].set("a", 1)
    for tenant_id in (1, 11):
        with tenant_scope(tenant_id):
            cache.set("a", 1)
            cache.set("a", 1, version=2)
    yield redis
    redis.flushdb()


def test_a_tenant_clears_its_own_keys_and_no_others(full_redis):
    with tenant_scope(1):
        cache.clear()
    assert set(full_redis.scan_iter()) == {"celery", "platform:1:a", ":t11:1:a", ":t11:2:a"}


def test_the_platforms_cache_clears_its_own_keys_and_no_others(full_redis):
    caches["platform"].clear()
    assert set(full_redis.scan_iter()) == {"celery", ":t1:1:a", ":t1:2:a", ":t11:1:a", ":t11:2:a"}


def test_a_cache_of_thousands_of_keys_is_cleared(full_redis):
    with tenant_scope(1):
        cache.set_many({f"key-{number}": number for number in range(3000)})
        cache.clear()
        assert cache.get("key-2999") is None
    assert full_redis.dbsize() == 4


def test_a_prefix_with_wildcards_clears_no_other(full_redis):
    wild = SharedRedisCache(settings.REDIS_URL, {"KEY_PREFIX": "*"})
    wild.set("a", 1)
    wild.clear()
    assert wild.get("a") is None
    assert full_redis.dbsize() == 6
