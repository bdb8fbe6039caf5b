"""What only the ops role may do: a tenant's row, its two roots, and people."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from wagtail.models import Collection, Locale, Page

from tenancy.admission import find_or_create_person
from tenancy.context import tenant_scope
from tenancy.escape import across_tenants
from tenancy.models import Tenant, User

# Roots are appended to treebeard's first level one at a time.
ROOTS_LOCK = 0x414C434F  # "ALCO"
# Collections are kept in the order of their names; with one name for all, a new root is the last.
ROOT_NAME = "Root"


@dataclass(frozen=True)
class Found:
    """A tenant, and whether this run made or changed it."""

    tenant: Tenant
    is_new: bool
    changed: tuple[str, ...]


def ensure_tenant(*, slug: str, values: dict[str, Any]) -> Found:
    """Find or make the tenant of that slug, with its page root and root collection.

    Runs under the ops role; raises `tenancy.escape.NotEntitled` without it.
    """
    with across_tenants(), tenant_scope(0):
        tenant = Tenant.objects.filter(slug=slug).first()
        if tenant is None:
            return Found(_create(slug, values), is_new=True, changed=())
        changed = tuple(name for name in values if getattr(tenant, name) != values[name])
        for name in changed:
            setattr(tenant, name, values[name])
        if changed:
            tenant.save()
        return Found(tenant, is_new=False, changed=changed)


def _create(slug: str, values: dict[str, Any]) -> Tenant:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROOTS_LOCK])
    tenant = Tenant.objects.create(slug=slug, **values)
    with tenant_scope(tenant):
        locale = Locale.objects.get(language_code="pt-br")
        Page.add_root(title=tenant.name, slug=slug, locale=locale)
        Collection.add_root(name=ROOT_NAME)
    return tenant


def ensure_person(*, email: str, name: str) -> tuple[User, bool]:
    """Return the person with that address, and whether they are new to the installation."""
    return find_or_create_person(email=email, name=name)


def page_root() -> Page:
    """Return the current tenant's page root."""
    root = Page.get_first_root_node()
    if root is None:
        raise LookupError("The tenant has no page root.")
    return root


def root_collection() -> Collection:
    """Return the current tenant's root collection."""
    root = Collection.get_first_root_node()
    if root is None:
        raise LookupError("The tenant has no root collection.")
    return root
