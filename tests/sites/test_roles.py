"""`apply_roles` brings groups that exist already to what their roles may do by now."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from sites import roles
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.enums import TENANT_ROLES, Role
from tenancy.models import Tenant
from tenancy.roles import GROUP_NAMES, group_for


def rights_of(role: str) -> set[tuple[str, str]]:
    """Return what the role's group in the current tenant may do, by what it is granted on."""
    group = group_for(role)
    kinds = {
        "models": group.permissions.all(),
        "pages": Permission.objects.filter(grouppagepermission__group=group),
        "media": Permission.objects.filter(groupcollectionpermission__group=group),
        "settings": Permission.objects.filter(groupsitepermission__group=group),
    }
    return {(kind, row.codename) for kind, rows in kinds.items() for row in rows}


def test_each_tenant_gets_the_rights_of_its_roles_and_loses_others(
    lua: Tenant, sol: Tenant
) -> None:
    before = {}
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            before[tenant.pk] = {role: rights_of(role) for role in TENANT_ROLES}
            group_for(Role.EDITOR).permissions.set(roles.permissions(roles.OWNER.models))
            for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
                model.objects.filter(group=group_for(Role.OWNER)).delete()
    call_command("tenants", "apply_roles", stdout=StringIO())
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            assert {role: rights_of(role) for role in TENANT_ROLES} == before[tenant.pk]


@pytest.mark.usefixtures("db")
def test_the_platform_has_operators_and_no_company_roles() -> None:
    call_command("tenants", "apply_roles", stdout=StringIO())
    with tenant_scope(PLATFORM_ID):
        assert rights_of(Role.OPERATOR) >= {("models", "access_admin"), ("models", "view_tenant")}
        companies = [GROUP_NAMES[role] for role in TENANT_ROLES]
        assert not Group.objects.filter(name__in=companies).exists()
