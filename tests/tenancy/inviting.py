"""What owners and those whom they invite do."""

import re
from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from tenancy.context import tenant_scope
from tenancy.models import Invitation, Membership, Tenant, User

NEW, KNOWN = "nova@exemplo.test", "editor@sol.test"
STAFF = "lua.painel.localhost"
PASSWORD = "uma senha bem longa"
ADD = reverse("invitations:add")
INDEX = reverse("invitations:index")

Commit = Callable[..., Any]


def give_password(tenant: Tenant, email: str) -> None:
    with tenant_scope(tenant):
        user = User.objects.get(email=email)
        user.set_password(PASSWORD)
        user.save()


def ask(owner: Client, email: str, name: str = "Como o dono diz", role: str = "editor") -> Any:
    return owner.post(ADD, {"email": email, "name": name, "role": role})


def link_in_mail() -> str:
    (message,) = mail.outbox
    found = re.search(r"http://lua\.painel\.localhost(/admin/invitation/\S+)", message.body)
    assert found
    return found[1]


def invited(owner: Client, commit: Commit, email: str) -> str:
    """Invite somebody; return the path of the link in their mail."""
    with commit():
        ask(owner, email)
    return link_in_mail()


def say_yes(path: str, commit: Commit, **body: str) -> Any:
    client = Client(HTTP_HOST=STAFF)
    with commit():
        client.post(path, body)
    return client.get(path)


def choose(path: str, commit: Commit, name: str = "Nova da Silva") -> Any:
    return say_yes(path, commit, name=name, password1=PASSWORD, password2=PASSWORD)


def signs_in(email: str, password: str = PASSWORD) -> bool:
    client = Client(HTTP_HOST=STAFF)
    client.post(reverse("wagtailadmin_login"), {"username": email, "password": password})
    return bool(client.get("/admin/").status_code == 200)


def members(tenant: Tenant) -> set[str]:
    with tenant_scope(tenant):
        return set(Membership.objects.values_list("user__email", flat=True))


def only(tenant: Tenant) -> Invitation:
    with tenant_scope(tenant):
        return Invitation.objects.get()
