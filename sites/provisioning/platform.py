"""The platform's own hosts and operators: tenant 0."""

from django.db import transaction

from sites import roles
from sites.provisioning.tenants import ensure_person, page_root, root_collection
from tenancy import services
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.enums import HostKind, Role
from tenancy.links import api_host, platform_host
from tenancy.models import Domain, User


@transaction.atomic
def ensure_platform() -> None:
    """Give the platform its hosts and its operators' group. Idempotent."""
    with tenant_scope(PLATFORM_ID):
        for host, kind in ((platform_host(), HostKind.STAFF), (api_host(), HostKind.API)):
            if not Domain.objects.filter(host=host).exists():
                services.attach_domain(
                    host=host, property=None, kind=kind, is_primary=True, is_verified=True
                )
        roles.apply_rights(page_root=page_root(), collection=root_collection())


@transaction.atomic
def add_operator(*, email: str, name: str) -> tuple[User, bool]:
    """Make a person an operator of the platform; return them, and whether they are new."""
    ensure_platform()
    with tenant_scope(PLATFORM_ID):
        user, is_new = ensure_person(email=email, name=name)
        services.add_member(user=user, role=Role.OPERATOR)
    return user, is_new
