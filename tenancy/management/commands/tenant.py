"""`manage.py tenant SLUG COMMAND …`: run a command inside one tenant."""

from argparse import REMAINDER
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.utils.translation import gettext as _

from tenancy.context import tenant_scope
from tenancy.models import Tenant
from tenancy.selectors import tenant_id_of


class Command(BaseCommand):
    help = "Executa um comando dentro de uma empresa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("command_name")
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tenant_id = tenant_id_of(options["slug"])
        except Tenant.DoesNotExist as error:
            raise CommandError(_("Não há empresa “%s”.") % options["slug"]) from error
        with tenant_scope(tenant_id):
            call_command(options["command_name"], *options["rest"])
