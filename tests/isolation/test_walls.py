"""Each wall alone: the other is taken away, and the operations are tried again."""

import pytest
from django.db import models
from django.db.models import QuerySet

from suites.models import SuiteType
from tenancy import catalog, scoped
from tenancy.context import tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.aims import check_constraints, checksums, disable_row_security, take_aim
from tests.isolation.operations import (
    LOOKUPS,
    ONLY_THE_DATABASE,
    OPERATIONS,
    READS,
    REFUSED,
    WRITES,
)
from tests.isolation.tries import (
    REFUSALS,
    assert_nothing_changes,
    assert_refused_without_tenant,
    found,
    insist,
)

pytestmark = pytest.mark.django_db


def held_by_querysets(names):
    return [name for name in names if name not in ONLY_THE_DATABASE]


@pytest.fixture
def aims(lua, sol):
    return take_aim(lua), take_aim(sol)


@pytest.fixture
def querysets_alone(aims):
    disable_row_security()
    return aims


@pytest.fixture
def database_alone(aims, monkeypatch):
    """Have the managers, the models and the joins know nothing of tenants."""

    def everything(self):
        return scoped.TenantQuerySet(self.model, using=self._db)

    monkeypatch.setattr(scoped.TenantManager, "get_queryset", everything)
    monkeypatch.setattr(scoped.TenantScoped, "claim", lambda self: None)
    for name in ("update", "bulk_create", "bulk_update"):
        monkeypatch.setattr(scoped.TenantQuerySet, name, getattr(QuerySet, name))
    monkeypatch.setattr(scoped.TenantRelation, "get_extra_restriction", lambda *args: None)
    return aims


def assert_read_by_its_tenant_only(name, aims):
    ours, theirs = aims
    with tenant_scope(ours.tenant):
        expected = ours.types if name in READS else {ours.type}
        assert found(OPERATIONS[name], ours) == expected
        assert not found(OPERATIONS[name], theirs) & theirs.types


def assert_changed_by_its_tenant_only(name, aims):
    ours, theirs = aims
    with tenant_scope(ours.tenant):
        assert_nothing_changes(name, theirs, ours)


def assert_refused_to_all(name, aims):
    ours, theirs = aims
    before = checksums(ours.tenant), checksums(theirs.tenant)
    with tenant_scope(ours.tenant), pytest.raises(REFUSALS):
        insist(name, ours, theirs)
    assert (checksums(ours.tenant), checksums(theirs.tenant)) == before


@pytest.mark.parametrize("name", held_by_querysets({**READS, **LOOKUPS}))
def test_querysets_alone_keep_readers_apart(querysets_alone, name):
    assert_read_by_its_tenant_only(name, querysets_alone)


@pytest.mark.parametrize("name", held_by_querysets(WRITES))
def test_querysets_alone_keep_writers_apart(querysets_alone, name):
    assert_changed_by_its_tenant_only(name, querysets_alone)


@pytest.mark.parametrize("name", held_by_querysets(REFUSED))
def test_querysets_alone_keep_rows_where_they_are(querysets_alone, name):
    assert_refused_to_all(name, querysets_alone)


@pytest.mark.parametrize("name", held_by_querysets(OPERATIONS))
def test_querysets_alone_insist_on_a_tenant(querysets_alone, name):
    assert_refused_without_tenant(name, *querysets_alone)


@pytest.mark.parametrize("name", [n for n in ONLY_THE_DATABASE if n in {**READS, **LOOKUPS}])
def test_querysets_alone_do_not_hold_what_is_listed_as_the_databases(querysets_alone, name):
    ours, theirs = querysets_alone
    with tenant_scope(ours.tenant):
        assert found(OPERATIONS[name], theirs) & theirs.types


@pytest.mark.parametrize("name", {**READS, **LOOKUPS})
def test_the_database_alone_keeps_readers_apart(database_alone, name):
    assert_read_by_its_tenant_only(name, database_alone)


@pytest.mark.parametrize("name", WRITES)
def test_the_database_alone_keeps_writers_apart(database_alone, name):
    assert_changed_by_its_tenant_only(name, database_alone)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_alone_keeps_rows_where_they_are(database_alone, name):
    assert_refused_to_all(name, database_alone)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_database_alone_insists_on_a_tenant(database_alone, name):
    assert_refused_without_tenant(name, *database_alone)


def test_without_either_wall_the_suite_fails(aims, database_alone):
    disable_row_security()
    with pytest.raises(AssertionError):
        assert_read_by_its_tenant_only("all", aims)
    with pytest.raises(AssertionError):
        assert_changed_by_its_tenant_only("update", aims)
    with pytest.raises(pytest.fail.Exception):
        assert_refused_to_all("create for another", aims)


@pytest.mark.parametrize(
    ("leak", "question"),
    [
        ("ALTER TABLE suites_suitetype DISABLE ROW LEVEL SECURITY", "no row security"),
        (
            "DROP POLICY suites_suitetype_tenant ON suites_suitetype",
            "a declared policy that is missing",
        ),
        (
            "ALTER POLICY suites_suitetype_tenant ON suites_suitetype USING (true)",
            "a policy that is not as declared",
        ),
    ],
)
def test_a_table_without_its_policy_fails(aims, leak, question):
    check_constraints()
    execute_as_owner(leak)
    with pytest.raises(AssertionError):
        assert_read_by_its_tenant_only("raw", aims)
    assert {answer.question for answer in catalog.answers()} == {question}


def test_a_model_without_the_scoped_manager_fails_once_the_database_is_open(
    querysets_alone, monkeypatch
):
    monkeypatch.setitem(vars(SuiteType._meta), "base_manager", manager_of(SuiteType))
    with pytest.raises(AssertionError):
        assert_read_by_its_tenant_only("_base_manager", querysets_alone)


def manager_of(model):
    """Return Django's own manager for a model."""
    manager = models.Manager()
    manager.model = model
    return manager
