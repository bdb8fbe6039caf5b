"""`manage.py tenants apply_roles`: give every company's groups what their roles may do by now."""

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from sites import roles
from sites.provisioning.tenants import page_root, root_collection


class Command(BaseCommand):
    help = "Leva os grupos da empresa às permissões atuais dos seus papéis. Pode ser repetido."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        roles.apply_rights(page_root=page_root(), collection=root_collection())
