"""Statements about a tenant, as Django sends them."""

from typing import Any

from wagtail.models import Page

from benchmarks.kit.sizes import MODEL
from suites.models import StayPrice, SuiteType
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import AppliedItem, AuditEntry, Tenant

Statement = tuple[str, Any]


def statements() -> tuple[int, dict[str, Statement]]:
    """Return a tenant, and statements about it as Django sends them."""
    with tenant_scope(PLATFORM_ID):
        tenant = Tenant.objects.get(slug=MODEL).pk
    with tenant_scope(tenant):
        home = Page.objects.live().order_by("depth")[0]  # written, and not read
        page, suite = Page.objects.live().order_by("-depth")[0], SuiteType.objects.get()
        item = AppliedItem.objects.order_by("key")[0]
        reads = {
            "point read, page": Page.objects.filter(pk=page.pk),
            "point read, suite type": SuiteType.objects.filter(pk=suite.pk),
            "list, pages below one": Page.objects.child_of(page.get_parent()).live(),
            "list, prices": StayPrice.objects.order_by("pk"),
            "list, events": AuditEntry.objects.order_by("-at")[:20],
        }
        found = {name: each.query.sql_with_params() for name, each in reads.items()}
    found["small write, page"] = (
        "UPDATE wagtailcore_page SET latest_revision_created_at = now() WHERE id = %s",
        [home.pk],
    )
    found["small write, provisioned item"] = (
        "UPDATE tenancy_applieditem SET digest = %s WHERE tenant_id = %s AND id = %s",
        [item.digest, tenant, item.pk],
    )
    found["small write, new event"] = (
        "INSERT INTO tenancy_auditentry (tenant_id, id, at, action, object, actor, data) "
        "VALUES (%s, gen_random_uuid(), now(), 'bench', '', '', '{}')",
        [tenant],
    )
    return tenant, found
