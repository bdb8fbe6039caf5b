"""Secrets of other services: sealed, by name, under the tenant's own keys."""

import pytest

from privacy import epochs, secrets, vault
from privacy.models import Secret, TenantKey
from privacy.sealing import Tampered
from privacy.secrets import UnknownSecret
from tenancy.context import tenant_scope

VALUE = b"1//refresh-token"


@pytest.fixture
def scope(lua):
    with tenant_scope(lua):
        yield lua


def test_what_is_kept_is_read_again(scope):
    secrets.keep("google", VALUE)

    assert secrets.read("google") == VALUE
    assert VALUE not in bytes(Secret.objects.get().sealed)


def test_a_second_one_takes_the_place_of_the_first(scope):
    secrets.keep("google", b"old")
    secrets.keep("google", VALUE)

    assert secrets.read("google") == VALUE
    assert Secret.objects.count() == 1


def test_what_is_forgotten_is_unknown(scope):
    secrets.keep("google", VALUE)

    assert secrets.forget("google")
    assert not secrets.forget("google")
    with pytest.raises(UnknownSecret):
        secrets.read("google")


def test_another_tenant_has_none_of_that_name(scope, sol):
    secrets.keep("google", VALUE)

    with tenant_scope(sol), pytest.raises(UnknownSecret):
        secrets.read("google")


def test_what_was_sealed_under_another_name_does_not_open(scope):
    secrets.keep("google", VALUE)
    Secret.objects.update(name="other")

    with pytest.raises(Tampered):
        secrets.read("other")


def test_secrets_move_to_a_new_key(scope):
    secrets.keep("google", VALUE)

    assert vault.rotate().epoch == 2

    assert secrets.read("google") == VALUE
    assert Secret.objects.get().epoch == 2
    assert TenantKey.objects.get(epoch=1).wrapped == b""


def test_a_secret_that_does_not_open_keeps_its_key(scope):
    secrets.keep("google", VALUE)
    Secret.objects.update(sealed=b"nothing")

    vault.rotate()

    assert epochs.numbers() == [2, 1]


def test_secrets_go_with_the_keys(scope):
    secrets.keep("google", VALUE)

    vault.shred_tenant()

    assert not Secret.objects.exists()
