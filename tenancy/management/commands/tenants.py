"""`manage.py tenants COMMAND …`: run a command inside each tenant, one after the other."""

from argparse import REMAINDER
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.utils.translation import gettext as _

from tenancy.context import tenant_scope
from tenancy.escape import across_tenants
from tenancy.models import Tenant


class Command(BaseCommand):
    help = "Executa um comando em todas as empresas, uma de cada vez."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("command_name")
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        with across_tenants(), tenant_scope(0):
            tenants = list(Tenant.objects.order_by("pk").values_list("pk", "slug"))
        failed = []
        for number, (tenant_id, slug) in enumerate(tenants, start=1):
            self.stdout.write(f"[{number}/{len(tenants)}] {slug}")
            try:
                with tenant_scope(tenant_id):
                    call_command(options["command_name"], *options["rest"])
            except Exception as error:  # noqa: BLE001 (the others' turn comes all the same)
                failed.append(slug)
                self.stderr.write(f"{slug}: {error}")
        if failed:
            raise CommandError(_("Falhou em: %s") % ", ".join(failed))
