"""`manage.py tenant SLUG vault_shred SLUG`: destroy all CPFs of a tenant that leaves."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from privacy import vault
from tenancy.selectors import current_tenant


class Command(BaseCommand):
    help = "Destrói as chaves do cofre de CPFs da empresa, e depois o que guardavam. Não tem volta."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="A empresa, de novo: para confirmar.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["slug"] != current_tenant().slug:
            raise CommandError(_("Nada foi destruído: a empresa em uso é outra."))
        count = vault.shred_tenant(progress=self.show)
        self.stdout.write(_("As chaves foram destruídas, e %d CPFs com elas.") % count)

    def show(self, done: int, total: int) -> None:
        self.stdout.write(f"[{done}/{total}]")
        self.stdout.flush()
