"""The managers and models of tenants' rows; operation by operation: tests/isolation."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from suites.models import Stay, SuiteType
from tenancy.context import NoTenant, no_tenant, tenant_scope
from tenancy.models import AppliedItem, AuditEntry, Domain, Property
from tenancy.rls import AppendOnlyPolicy, SameTenant, TenantPolicy, TenantPrimaryKey
from tenancy.scoped import (
    ForeignTenant,
    TenantForeignKey,
    TenantManager,
    TenantOneToOneField,
    TenantParentalKey,
    TenantScoped,
)

OURS = [model for model in apps.get_models() if issubclass(model, TenantScoped)]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_of_ours_is_scoped_by_all_its_managers(model):
    assert isinstance(model._default_manager, TenantManager)
    assert isinstance(model._base_manager, TenantManager)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_model_of_ours_raises_without_a_tenant(db, model):
    with pytest.raises(NoTenant):
        model._default_manager.exists()


def constraints(model, kind):
    return [each.name for each in model._meta.constraints if type(each) is kind]


def test_a_model_gets_its_constraints_by_deriving():
    assert constraints(SuiteType, TenantPrimaryKey) == ["suites_suitetype_pk"]
    assert constraints(SuiteType, TenantPolicy) == ["suites_suitetype_tenant"]
    assert constraints(SuiteType, SameTenant) == ["suites_suitetype_property_fk"]


def test_a_model_chooses_its_policy():
    assert constraints(AuditEntry, AppendOnlyPolicy) == ["tenancy_auditentry_tenant"]
    assert constraints(AuditEntry, TenantPolicy) == []
    assert constraints(Domain, TenantPolicy) == []


@isolate_apps("suites")
def test_bases_that_come_first_do_not_bring_their_manager():
    class Mixin(models.Model):
        class Meta:
            abstract = True

    class Thing(Mixin, TenantScoped):  # noqa: DJ008 (never shown)
        class Meta:
            app_label = "suites"

    assert isinstance(Thing._base_manager, TenantManager)


@isolate_apps("suites")
def test_abstract_and_proxy_models_get_no_constraints():
    class Base(TenantScoped):
        class Meta:
            abstract = True
            app_label = "suites"

    class Proxy(SuiteType):
        class Meta:
            proxy = True
            app_label = "suites"

    assert Base._meta.constraints == []
    assert Proxy._meta.constraints == []
    assert isinstance(Proxy._default_manager, TenantManager)


def test_a_queryset_may_be_built_without_a_tenant_and_read_with_each(lua, sol):
    slugs = Property.objects.order_by("slug").values_list("slug", flat=True)
    with tenant_scope(lua):
        assert list(slugs.all()) == ["lua", "lua-centro"]
    with tenant_scope(sol):
        assert list(slugs.all()) == ["sol"]


def test_the_tenant_is_part_of_the_sql(lua):
    with tenant_scope(lua):
        assert f'"tenancy_property"."tenant_id" = {lua.pk}' in str(Property.objects.all().query)


def test_joins_hold_the_tenant_too(lua):
    with tenant_scope(lua):
        query = str(SuiteType.objects.filter(prices__stay__minutes=1).query)
    assert query.count('"tenant_id" = ') == 3


def test_a_new_row_takes_the_tenant_in_scope(lua):
    with tenant_scope(lua):
        assert AppliedItem.objects.create(key="a", digest="b").tenant_id == lua.pk


def test_a_row_made_before_there_is_a_tenant_takes_it_when_it_is_saved(lua):
    item = AppliedItem(key="a", digest="b")
    assert item.tenant_id is None
    with tenant_scope(lua):
        item.save()
    assert item.tenant_id == lua.pk


@pytest.mark.parametrize("verb", ["save", "delete"])
def test_a_row_of_another_tenant_is_refused(lua, sol, verb):
    with tenant_scope(sol):
        stay = Stay.objects.first()
    with tenant_scope(lua), pytest.raises(ForeignTenant):
        getattr(stay, verb)()


@pytest.mark.parametrize("verb", ["save", "delete"])
def test_a_row_is_not_written_without_a_tenant(lua, verb):
    with tenant_scope(lua):
        stay = Stay.objects.first()
    with no_tenant(), pytest.raises(NoTenant):
        getattr(stay, verb)()


@pytest.mark.parametrize("name", ["tenant", "tenant_id"])
def test_a_rows_tenant_is_no_field_to_update(lua, name):
    with tenant_scope(lua):
        with pytest.raises(ForeignTenant):
            Stay.objects.update(**{name: lua.pk})
        with pytest.raises(ForeignTenant):
            Stay.objects.bulk_update([Stay.objects.first()], [name])


@pytest.mark.parametrize("relation", [TenantForeignKey, TenantOneToOneField, TenantParentalKey])
def test_relations_leave_constraint_and_index_to_us(relation):
    field = relation(SuiteType, on_delete=models.CASCADE)
    assert not field.db_constraint
    assert not field.db_index
    _name, path, _args, kwargs = field.deconstruct()
    assert path.endswith(relation.__name__)
    assert not {"db_constraint", "db_index"} & kwargs.keys()


def test_a_copy_for_translation_gets_a_key_of_its_own():
    assert "id" in SuiteType.exclude_fields_in_copy
