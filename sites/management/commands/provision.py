"""`manage.py provision FILE…`: bring the installation to what the files describe."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.provisioning import demo
from sites.provisioning.apply import HostsTaken, Report, provision
from sites.provisioning.ledger import Verb
from sites.provisioning.platform import ensure_platform
from sites.provisioning.reader import FileRefused, Problem, problems_at, read
from sites.provisioning.schema import CompanyFile
from sites.redirects import UnfitRedirect

SIGNS = {Verb.CREATED: "+", Verb.CHANGED: "~", Verb.KEPT: "="}


class Command(BaseCommand):
    help = "Leva a instalação ao estado descrito em um ou mais arquivos de empresas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="ARQUIVO")
        parser.add_argument("--dry-run", action="store_true", help="Mostra sem mudar nada.")
        parser.add_argument("--demo", action="store_true", help="Dá a senha da demonstração.")

    def handle(self, *args: Any, **options: Any) -> None:
        companies = self.read_all(options["files"])
        if not options["dry_run"]:
            ensure_platform()
        for path, company in companies:
            self.stdout.write(f"{company.company.slug} …", ending="\r")
            report = self.apply(path, company, dry_run=options["dry_run"])
            self.tell(report, dry_run=options["dry_run"])
        if options["demo"]:
            self.open_doors([company for _path, company in companies])

    def read_all(self, paths: list[Path]) -> list[tuple[Path, CompanyFile]]:
        """Return all files, or refuse with every problem of every file, before any is applied."""
        companies, refused = [], False
        for path in paths:
            try:
                companies.append((path, read(path)))
            except FileRefused as error:
                self.list_problems(path, error.problems)
                refused = True
        if refused:
            raise CommandError(_("Nada foi alterado."))
        return companies

    def apply(self, path: Path, company: CompanyFile, *, dry_run: bool) -> Report:
        """Apply a file, or say why nothing of it can be."""
        problems: Iterable[Problem | UnfitRedirect]
        try:
            return provision(company, dry_run=dry_run)
        except HostsTaken as error:
            reason = _("Este domínio já serve outra empresa.")
            problems = problems_at(path, [(each.path, reason) for each in error.conflicts])
        except UnfitRedirect as error:
            problems = [error]
        self.list_problems(path, problems)
        raise CommandError(_("Nada desta empresa foi alterado."))

    def list_problems(self, path: Path, problems: Iterable[Problem | UnfitRedirect]) -> None:
        for problem in problems:
            self.stderr.write(f"{path.name}, {problem}")

    def tell(self, report: Report, *, dry_run: bool) -> None:
        for change in report.changes:
            fields = f" ({', '.join(change.fields)})" if change.fields else ""
            kept = " " + _("mudou no painel: mantido") if change.verb == Verb.KEPT else ""
            self.stdout.write(f"  {SIGNS[change.verb]} {change.key}{fields}{kept}")
        for key in report.not_in_file:
            self.stdout.write(f"  ? {key} " + _("não está mais no arquivo: mantido"))
        written = sum(change.verb != Verb.KEPT for change in report.changes)
        text = ngettext("%d mudança", "%d mudanças", written) % written
        text = text if written else _("nada a mudar")
        note = " " + _("(ensaio: nada foi gravado)") if dry_run else ""
        self.stdout.write(f"{report.slug}: {text}{note}")

    def open_doors(self, companies: list[CompanyFile]) -> None:
        try:
            demo.open_doors(companies)
        except demo.NotTheDemo as error:
            raise CommandError(_("--demo só vale na demonstração (ALCOVA_DEMO=1).")) from error
