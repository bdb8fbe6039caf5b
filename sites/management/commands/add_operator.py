"""`manage.py add_operator EMAIL NAME`: let somebody into the operators' console."""

from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from sites.provisioning.platform import add_operator
from tenancy.admission import welcome
from tenancy.context import PLATFORM_ID, tenant_scope


class Command(BaseCommand):
    help = "Dá a uma pessoa acesso ao painel dos operadores e escreve a ela."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        user, _is_new = add_operator(email=options["email"], name=options["name"])
        with tenant_scope(PLATFORM_ID):
            welcome(user=user)
        self.stdout.write(_("Pronto: a mensagem de boas-vindas foi enviada."))
