"""What only the demo has: a password that everybody knows, and guests who sent something."""

from django.conf import settings

from sites.provisioning.demo_guests import guests_came
from sites.provisioning.platform import add_operator
from sites.provisioning.schema import CompanyFile
from tenancy.auth import DEMO_PASSWORD
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.models import User
from tenancy.selectors import tenant_id_of

OPERATOR = "operator@alcova.test"


class NotTheDemo(RuntimeError):
    """The demo's password was asked for somewhere else."""


def open_doors(files: list[CompanyFile]) -> None:
    """Give everybody in the files, and an operator, the demo's password if they have none.

    Raises `NotTheDemo` anywhere but in the demo.
    """
    if not settings.DEMO:
        raise NotTheDemo
    for file in files:
        with tenant_scope(tenant_id_of(file.company.slug)):
            for person in file.people:
                _set_password(User.objects.get(email=person.email))
    guests_came(files)
    user, _is_new = add_operator(email=OPERATOR, name="Olívia Operadora")
    with tenant_scope(PLATFORM_ID):
        _set_password(user)


def _set_password(user: User) -> None:
    if not user.password:
        user.set_password(DEMO_PASSWORD)
        user.save(update_fields=["password"])
