"""`manage.py shell --tenant SLUG`: a shell that wants to know for whom."""

from typing import Any

from django.core.management import CommandError, CommandParser
from django.core.management.commands.shell import Command as DjangoShell
from django.utils.translation import gettext as _

from tenancy.context import no_tenant, tenant_scope
from tenancy.models import Tenant
from tenancy.selectors import tenant_id_of


class Command(DjangoShell):
    """Django's shell, inside a tenant; `--no-tenant` goes without, and everything scoped raises."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--tenant", metavar="SLUG", help="A empresa.")
        whose.add_argument("--no-tenant", action="store_true", help="Sem empresa.")

    def handle(self, **options: Any) -> None:
        slug = options.pop("tenant", None)
        options.pop("no_tenant", None)
        if slug is None:
            with no_tenant():
                return super().handle(**options)
        try:
            tenant_id = tenant_id_of(slug)
        except Tenant.DoesNotExist as error:
            raise CommandError(_("Não há empresa “%s”.") % slug) from error
        with tenant_scope(tenant_id):
            return super().handle(**options)
