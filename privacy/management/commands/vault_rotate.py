"""`manage.py tenant SLUG vault_rotate`: give the tenant's vault a new key."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from privacy import vault
from privacy.keys import KeeperError
from privacy.rotation import BATCH


class Command(BaseCommand):
    help = (
        "Troca a chave do cofre de CPFs da empresa, ou termina uma troca interrompida. "
        "O cofre continua em uso enquanto isso."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help="CPFs de cada vez.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = vault.rotate(batch=options["batch"], progress=self.show)
        except KeeperError as error:
            raise CommandError(_("O serviço de chaves não atendeu: %r") % error) from error
        if not done.epoch:
            self.stdout.write(_("O cofre está vazio: não há chave a trocar."))
        elif done.left:
            raise CommandError(
                _("%d CPFs não puderam ser abertos e ficaram com a chave antiga: veja o registro.")
                % done.left
            )
        else:
            self.stdout.write(
                _("Chave %(epoch)d em uso; %(moved)d CPFs trocados.")
                % {"epoch": done.epoch, "moved": done.moved}
            )

    def show(self, done: int, total: int) -> None:
        self.stdout.write(f"[{done}/{total}]")
        self.stdout.flush()
