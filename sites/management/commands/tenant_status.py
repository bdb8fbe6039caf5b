"""`manage.py tenant_status SLUG active|suspended`: stop serving a tenant, or serve it again."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from tenancy import audit
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.enums import TenantStatus
from tenancy.escape import across_tenants
from tenancy.models import Tenant


class Command(BaseCommand):
    help = "Suspende uma empresa (503 em todos os seus domínios) ou a reativa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("status", choices=TenantStatus.values)

    def handle(self, *args: Any, **options: Any) -> None:
        with across_tenants(), tenant_scope(PLATFORM_ID):
            tenant = Tenant.objects.filter(slug=options["slug"]).first()
            if tenant is None:
                raise CommandError(_("Não há empresa “%s”.") % options["slug"])
            tenant.status = options["status"]
            with tenant_scope(tenant):
                tenant.save()
        with tenant_scope(PLATFORM_ID):
            data = {"status": tenant.status}
            audit.record("tenancy.tenant.change_status", tenant, data=data)
        self.stdout.write(f"{tenant.slug}: {tenant.get_status_display()}")
