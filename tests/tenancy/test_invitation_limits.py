"""Whom an owner may not invite, and how many at most."""

from django.test import Client

from tenancy.context import tenant_scope
from tenancy.invitations import MOST_A_DAY, MOST_OPEN
from tenancy.models import Invitation, Tenant
from tests.conftest import execute_as_owner
from tests.tenancy.inviting import NEW, ask


def refusal(owner: Client, email: str) -> str:
    response = ask(owner, email)
    assert response.status_code == 200
    (message,) = response.context["form"].errors["email"]
    assert message in response.content.decode()
    return str(message)


def test_one_invitation_of_an_address_is_open_at_a_time(owner: Client) -> None:
    ask(owner, NEW)
    assert "Já existe um convite aberto" in refusal(owner, f" {NEW.upper()}")


def test_a_member_is_not_invited(owner: Client) -> None:
    assert "já faz parte" in refusal(owner, "editor@lua.test")


def test_a_day_has_its_limit_and_withdrawing_does_not_lift_it(owner: Client, lua: Tenant) -> None:
    for number in range(MOST_A_DAY):
        ask(owner, f"n{number}@exemplo.test")
    execute_as_owner("UPDATE tenancy_invitation SET status = 'withdrawn'")
    assert "em um dia" in refusal(owner, NEW)


def test_the_number_of_open_invitations_has_a_limit(owner: Client, lua: Tenant) -> None:
    with tenant_scope(lua):
        Invitation.objects.bulk_create(
            Invitation(email=f"n{number}@exemplo.test", name="N") for number in range(MOST_OPEN)
        )
    assert "abertos demais" in refusal(owner, NEW)
