"""`manage.py tenant SLUG COMMAND …`: run a command inside one tenant."""

from argparse import REMAINDER
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from tenancy.management.scopes import scope_of


class Command(BaseCommand):
    help = "Executa um comando dentro de uma empresa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("command_name")
        parser.add_argument("rest", nargs=REMAINDER)

    def handle(self, *args: Any, **options: Any) -> None:
        with scope_of(options["slug"]):
            call_command(options["command_name"], *options["rest"])
