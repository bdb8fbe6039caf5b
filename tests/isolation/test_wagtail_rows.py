"""Wagtail's own rows: listed, found, changed and referred to, without a tenant and as another."""

from contextlib import suppress

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, IntegrityError

from tenancy.context import tenant_scope
from tests.conftest import execute_as_owner
from tests.isolation.aims import attempt, checksums, is_refusal_without_tenant, keys_of
from tests.isolation.wagtail_rows import CREATED, ON_THEIRS, OUT_OF_OURS, hidden_models, rows_of

MODELS = {model._meta.label: model for model in hidden_models()}
# treebeard looks among siblings that are not there for it, and finds None
REFUSALS = (DatabaseError, ObjectDoesNotExist, ValidationError, AttributeError)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(lua):
    return rows_of(lua)


@pytest.fixture
def theirs(sol):
    return rows_of(sol)


@pytest.mark.parametrize("label", MODELS)
def test_a_tenant_lists_exactly_its_own_rows(lua, sol, label):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            found = set(MODELS[label]._base_manager.values_list("pk", flat=True))
        assert found == keys_of(MODELS[label], tenant.pk)


@pytest.mark.parametrize("label", MODELS)
def test_nothing_is_listed_without_a_tenant(lua, label):
    with pytest.raises(DatabaseError) as caught:
        attempt(lambda: list(MODELS[label]._base_manager.all()))
    assert is_refusal_without_tenant(caught.value)


@pytest.mark.parametrize("label", MODELS)
def test_another_tenants_rows_are_neither_found_nor_changed_by_their_keys(lua, sol, label):
    keys = keys_of(MODELS[label], sol.pk)
    rows = MODELS[label]._base_manager.filter(pk__in=keys)
    before = checksums(sol.pk)
    with tenant_scope(lua):
        assert not rows.exists()
        assert rows.count() == 0
        assert not keys or rows._raw_delete("default") == 0
    assert checksums(sol.pk) == before


@pytest.mark.parametrize("name", ON_THEIRS)
def test_another_tenants_rows_cannot_be_acted_on(ours, theirs, name):
    before = checksums(theirs.tenant.pk)
    with tenant_scope(ours.tenant), suppress(*REFUSALS):
        attempt(lambda: ON_THEIRS[name](ours, theirs))
    assert checksums(theirs.tenant.pk) == before


@pytest.mark.parametrize("name", ON_THEIRS)
def test_nothing_is_done_without_a_tenant(ours, theirs, name):
    before = checksums(theirs.tenant.pk)
    with pytest.raises((DatabaseError, RuntimeError)):
        attempt(lambda: ON_THEIRS[name](ours, theirs))
    assert checksums(theirs.tenant.pk) == before


@pytest.mark.parametrize("name", OUT_OF_OURS)
def test_no_reference_leaves_the_tenant(ours, theirs, name):
    before = checksums(ours.tenant.pk)
    with tenant_scope(ours.tenant), pytest.raises(IntegrityError):
        attempt(lambda: OUT_OF_OURS[name](ours, theirs))
    assert checksums(ours.tenant.pk) == before


@pytest.mark.parametrize("kind", CREATED)
def test_what_is_made_is_stamped_with_the_tenant_in_scope(ours, theirs, kind):
    for rows in (ours, theirs):
        with tenant_scope(rows.tenant):
            made = CREATED[kind](rows)
        stamp = f"SELECT tenant_id FROM {made._meta.db_table} WHERE {made._meta.pk.column} = %s"
        assert execute_as_owner(stamp, made.pk) == [(rows.tenant.pk,)]


def test_the_rows_that_matter_exist_so_that_nothing_here_is_vacuous(lua, sol):
    labels = ["wagtailcore.Page", "wagtailcore.Site", "wagtailcore.Collection", "auth.Group"]
    labels += ["theme.SiteImage", "wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry"]
    assert all(keys_of(MODELS[label], tenant.pk) for label in labels for tenant in (lua, sol))
