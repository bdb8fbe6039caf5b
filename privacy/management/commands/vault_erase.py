"""`manage.py tenant SLUG vault_erase`: forget a person's CPF, as they may ask for."""

import sys
from getpass import getpass
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from privacy import cpf, vault
from privacy.keys import KeeperError


class Command(BaseCommand):
    help = (
        "Apaga uma pessoa do cofre de CPFs da empresa. O CPF é perguntado, ou lido da entrada: "
        "assim não fica no histórico nem na lista de processos."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subject", type=UUID, help="O código da pessoa, em vez do CPF.")

    def handle(self, *args: Any, **options: Any) -> None:
        subject_id = options["subject"] or self.asked()
        if subject_id is None or not vault.erase(subject_id):
            raise CommandError(_("Esta pessoa não está no cofre."))
        self.stdout.write(_("A pessoa foi apagada do cofre."))

    def asked(self) -> UUID | None:
        """Return whose CPF is given at the terminal, unseen, or in the standard input."""
        typed = getpass("CPF: ") if sys.stdin.isatty() else sys.stdin.readline()
        try:
            return vault.find_subject(typed)
        except cpf.InvalidCpf:
            raise CommandError(_("Isto não é um CPF.")) from None
        except KeeperError as error:
            raise CommandError(_("O serviço de chaves não atendeu: %r") % error) from error
