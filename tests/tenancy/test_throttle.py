"""Too many tries are refused for a while, whoever's account it is, and nobody is for long."""

from dataclasses import replace

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory
from django.urls import reverse
from redis.exceptions import RedisError

from tenancy.context import tenant_scope
from tenancy.models import Tenant, User
from tenancy.signin import LIMITS
from tenancy.throttle import address_of, allow

LOGIN = reverse("wagtailadmin_login")
RESET = reverse("wagtailadmin_password_reset")
LIMIT = LIMITS["wagtailadmin_login"]


def post(email: str, address: str = "192.0.2.1", path: str = LOGIN) -> int:
    client = Client(HTTP_HOST="lua.painel.localhost", REMOTE_ADDR=address)
    field = "username" if path == LOGIN else "email"
    return client.post(path, {field: email, "password": "errada"}).status_code


def test_tries_are_counted_together_and_forgotten(lua: Tenant) -> None:
    assert [allow("k", limit=2, seconds=60) for _ in range(3)] == [True, True, False]
    assert allow("another", limit=2, seconds=60)
    client = caches["platform"]._cache.get_client()
    assert all(0 < client.ttl(key) <= 60 for key in client.scan_iter("*throttle:tries*"))


def test_without_redis_everything_is_allowed(lua: Tenant, monkeypatch) -> None:
    def away(*args: object, **kwargs: object) -> int:
        raise RedisError

    monkeypatch.setattr(type(caches["platform"]), "count", away)
    assert allow("k", limit=0, seconds=60)


@pytest.mark.parametrize("email", ["editor@lua.test", "ninguem@lua.test"])
def test_signing_in_is_refused_after_some_tries_known_or_not(lua: Tenant, email: str) -> None:
    answers = [post(email) for _ in range(LIMIT.pair + 1)]
    assert answers == [200] * LIMIT.pair + [429]
    assert post(email.upper()) == 429
    assert post(email, address="198.51.100.7") == 200  # the person's own


def test_the_refusal_says_when_to_come_back(lua: Tenant) -> None:
    for _ in range(LIMIT.pair):
        post("a@lua.test")
    client = Client(HTTP_HOST="lua.painel.localhost", REMOTE_ADDR="192.0.2.1")
    response = client.post(LOGIN, {"username": "a@lua.test", "password": "x"})
    assert response.headers["Retry-After"] == str(LIMIT.seconds)
    assert "Tentativas demais" in response.content.decode()


def test_one_address_does_not_try_all_accounts(lua: Tenant) -> None:
    answers = [post(f"n{number}@lua.test") for number in range(LIMIT.address + 1)]
    assert answers[-2:] == [200, 429]


def test_many_addresses_are_slowed_down_together(lua: Tenant, monkeypatch) -> None:
    monkeypatch.setitem(LIMITS, "wagtailadmin_login", replace(LIMIT, account=3))
    answers = [post("a@lua.test", address=f"198.51.100.{number}") for number in range(4)]
    assert answers == [200, 200, 200, 429]


def test_others_tries_do_not_lock_a_person_out_where_they_sign_in(lua: Tenant, monkeypatch) -> None:
    email, home = "editor@lua.test", "203.0.113.5"
    with tenant_scope(lua):
        user = User.objects.get(email=email)
        user.set_password("uma senha de teste")
        user.save()
    monkeypatch.setitem(LIMITS, "wagtailadmin_login", replace(LIMIT, account=3))
    client = Client(HTTP_HOST="lua.painel.localhost", REMOTE_ADDR=home)
    body = {"username": email, "password": "uma senha de teste"}
    assert client.post(LOGIN, body).status_code == 302
    answers = [post(email, address=f"198.51.100.{number}") for number in range(4)]
    assert answers[-1] == 429
    assert Client(HTTP_HOST="lua.painel.localhost", REMOTE_ADDR=home).post(LOGIN, body)["Location"]


def test_asking_for_new_passwords_is_limited(lua: Tenant) -> None:
    limit = LIMITS["wagtailadmin_password_reset"].pair
    answers = [post("editor@lua.test", path=RESET) for _ in range(limit + 1)]
    assert answers == [302] * limit + [429]


def test_answering_an_invitation_is_limited(lua: Tenant) -> None:
    path = reverse("accept_invitation", args=["0190a1b2-0000-7000-8000-000000000000", "x"])
    limit = LIMITS["accept_invitation"].pair
    answers = [post("", path=path) for _ in range(limit + 1)]
    assert answers == [404] * limit + [429]


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "address"),
    [
        (False, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (True, "192.0.2.1", "203.0.113.9", "203.0.113.9"),
        (True, "192.0.2.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (True, "192.0.2.1", None, "192.0.2.1"),
        (False, "2001:db8::1:2:3:4", None, "2001:db8::"),
        (False, "::ffff:192.0.2.1", None, "192.0.2.1"),
        (False, "", None, "unknown"),
    ],
)
def test_the_address_is_the_proxys_word_only_where_there_is_one(
    settings, trusted: bool, remote: str, forwarded: str | None, address: str
) -> None:
    settings.TRUST_PROXY_HEADERS = trusted
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert address_of(RequestFactory(headers=headers, REMOTE_ADDR=remote).get("/")) == address
