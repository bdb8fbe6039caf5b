"""`manage.py tenant SLUG api_token NAME`: make a key to the tenant's API."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from tenancy import tokens


class Command(BaseCommand):
    help = "Cria uma chave de API da empresa e a mostra uma única vez."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(tokens.issue(name=options["name"]))
