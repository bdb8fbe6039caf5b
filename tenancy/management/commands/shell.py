"""`manage.py shell --tenant SLUG`: a shell that wants to know for whom."""

from typing import Any

from django.core.management import CommandParser
from django.core.management.commands.shell import Command as DjangoShell

from tenancy.context import no_tenant
from tenancy.management.scopes import scope_of


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
        with no_tenant() if slug is None else scope_of(slug):
            return super().handle(**options)
