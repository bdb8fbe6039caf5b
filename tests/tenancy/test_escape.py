import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.transaction import atomic

from tenancy.cache import CacheAcrossTenants
from tenancy.context import is_bypassing, tenant_scope
from tenancy.escape import NotEntitled, across_tenants
from tenancy.guard import APP_ROLE, OPS_ROLE
from tests.connections import connected, settings_of

pytestmark = pytest.mark.django_db

EVERYBODY = "SELECT count(DISTINCT tenant_id) FROM tenancy_property"


@pytest.fixture
def ops():
    """Be a process with the ops role's credentials, in autocommit."""
    with connected(settings_of("ops")) as own:
        yield own


def ask(query="SELECT current_user"):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_an_ops_process_works_as_the_app_role(ops):
    assert ask() == APP_ROLE
    assert ask("SELECT session_user") == OPS_ROLE
    with pytest.raises(DatabaseError, match=r"app\.tenant_id"):
        ask(EVERYBODY)


def test_all_tenants_are_seen_inside_and_not_after(ops, lua):
    with across_tenants():
        assert ask() == OPS_ROLE
        assert ask(EVERYBODY) >= 2
    assert ask() == APP_ROLE
    with tenant_scope(lua):
        assert ask(EVERYBODY) == 1


def test_an_exception_takes_the_role_back(ops):
    with pytest.raises(ZeroDivisionError), across_tenants():
        raise ZeroDivisionError
    assert ask() == APP_ROLE
    assert not is_bypassing()


def test_a_failed_statement_takes_the_role_back(ops):
    with pytest.raises(DatabaseError), across_tenants():
        ask("SELECT 1 / 0")
    assert ask() == APP_ROLE


def test_the_role_goes_back_inside_a_larger_transaction(ops, lua):
    with tenant_scope(lua), atomic():
        with across_tenants():
            assert ask(EVERYBODY) >= 2
        assert ask() == APP_ROLE
        assert ask(EVERYBODY) == 1
        with pytest.raises(ZeroDivisionError), across_tenants():
            raise ZeroDivisionError
        assert ask() == APP_ROLE
        assert ask(EVERYBODY) == 1


def test_leaving_an_inner_block_does_not_end_the_outer(ops):
    with across_tenants():
        with across_tenants():
            assert ask() == OPS_ROLE
        assert ask() == OPS_ROLE
        assert is_bypassing()
    assert ask() == APP_ROLE


@pytest.mark.parametrize("in_transaction", [False, True])
def test_without_the_credentials_nobody_gets_out(app, lua, in_transaction):
    with tenant_scope(lua):
        if in_transaction:
            connection.set_autocommit(False)
        with pytest.raises(NotEntitled), across_tenants():
            pytest.fail("The block ran.")
        assert not is_bypassing()
        assert ask() == APP_ROLE
        assert ask(EVERYBODY) == 1
        if in_transaction:
            connection.rollback()


def test_tenants_caches_refuse_inside(ops, lua):
    with tenant_scope(lua), across_tenants(), pytest.raises(CacheAcrossTenants):
        cache.get("a")
    with tenant_scope(lua):
        assert cache.get("a") is None


def test_the_roles_are_those_of_the_guard(ops):
    assert ask("SELECT rolbypassrls FROM pg_roles WHERE rolname = session_user") is True
