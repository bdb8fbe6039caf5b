"""How commands enter a tenant that an operator names."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import CommandError
from django.utils.translation import gettext as _

from tenancy.context import tenant_scope
from tenancy.models import Tenant
from tenancy.selectors import tenant_id_of


@contextmanager
def scope_of(slug: str) -> Iterator[None]:
    """Enter the tenant with that slug; raise CommandError where there is none."""
    try:
        tenant_id = tenant_id_of(slug)
    except Tenant.DoesNotExist as error:
        raise CommandError(_("Não há empresa “%s”.") % slug) from error
    with tenant_scope(tenant_id):
        yield
