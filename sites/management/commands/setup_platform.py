"""`manage.py setup_platform`: give a fresh installation its own hosts; run after `migrate`."""

from typing import Any

from django.core.management import BaseCommand

from sites.provisioning.platform import ensure_platform


class Command(BaseCommand):
    help = "Cria os domínios da própria plataforma. Pode ser repetido."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_platform()
