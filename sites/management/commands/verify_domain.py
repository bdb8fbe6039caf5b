"""`manage.py tenant SLUG verify_domain HOST`: begin to serve a domain that a tenant asked for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tenancy import services
from tenancy.models import Domain


class Command(BaseCommand):
    help = "Passa a servir um domínio pedido pela empresa, depois de conferido que é dela."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("host")

    def handle(self, *args: Any, **options: Any) -> None:
        domain = Domain.objects.filter(host=options["host"]).first()
        if domain is None:
            raise CommandError(_("Esta empresa não pediu o domínio “%s”.") % options["host"])
        try:
            services.verify_domain(domain=domain, at=timezone.now())
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(_("“%s” está no ar.") % domain.host)
