"""`manage.py tenant SLUG rights export|erase KIND [KEY]`: what a person may ask a company for."""

import json
import sys
from getpass import getpass
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from privacy import cpf, rights, vault
from privacy.keys import KeeperError
from privacy.rights import Handle

CPF = "cpf"


class Command(BaseCommand):
    help = (
        "Mostra, em JSON, ou apaga tudo o que a empresa tem de uma pessoa. Com “cpf”, o número é "
        "perguntado, ou lido da entrada: assim não fica no histórico nem na lista de processos."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument(
            "kind", choices=[CPF, *rights.kinds()], help="Como se conhece a pessoa."
        )
        parser.add_argument("key", nargs="?", type=UUID, help="O código dela; nenhum para “cpf”.")

    def handle(self, *args: Any, **options: Any) -> None:
        handle = self.handle_of(options["kind"], options["key"])
        try:
            self.answer(options["action"], handle)
        except KeeperError as error:
            raise CommandError(_("O serviço de chaves não atendeu: %r") % error) from error

    def answer(self, action: str, handle: Handle) -> None:
        """Write what was found, or what was erased."""
        if action == "export":
            found = rights.export_person([handle])
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            done = rights.erase_person([handle])
            had = ", ".join(sorted(app for app, is_done in done.items() if is_done))
            self.stdout.write(_("Apagado em: %s") % (had or _("nada havia")))

    def handle_of(self, kind: str, key: UUID | None) -> Handle:
        """Return by what the person is known."""
        if kind != CPF:
            if key is None:
                raise CommandError(_("Falta o código da pessoa."))
            return Handle(kind, key)
        typed = getpass("CPF: ") if sys.stdin.isatty() else sys.stdin.readline()
        try:
            subject_id = vault.find_subject(typed)
        except cpf.InvalidCpf:
            raise CommandError(_("Isto não é um CPF.")) from None
        except KeeperError as error:
            raise CommandError(_("O serviço de chaves não atendeu: %r") % error) from error
        if subject_id is None:
            raise CommandError(_("Esta pessoa não está no cofre."))
        return Handle("subject", subject_id)
