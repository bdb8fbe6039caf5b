"""Letting people in: nobody is, and nothing is told of them, until they say yes themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenancy import invitations
from tenancy.context import tenant_scope
from tenancy.enums import InvitationStatus
from tenancy.invitations import Link
from tenancy.models import Invitation, Tenant, User
from tests.conftest import execute_as_owner
from tests.tenancy.inviting import (
    INDEX,
    KNOWN,
    NEW,
    PASSWORD,
    STAFF,
    Commit,
    ask,
    choose,
    give_password,
    invited,
    members,
    only,
    say_yes,
    signs_in,
)


def test_somebody_new_chooses_name_and_password_and_signs_in(
    owner: Client, lua: Tenant, commit: Commit
) -> None:
    path = invited(owner, commit, NEW)
    assert NEW not in members(lua)
    assert not execute_as_owner("SELECT 1 FROM tenancy_user WHERE email = %s", NEW)
    assert "Seu acesso está pronto" in choose(path, commit).content.decode()
    assert signs_in(NEW)
    with tenant_scope(lua):
        assert str(User.objects.get(email=NEW)) == "Nova da Silva"


def test_nothing_of_the_password_stays_in_the_invitation(
    owner: Client, lua: Tenant, commit: Commit
) -> None:
    choose(invited(owner, commit, NEW), commit)
    kept = only(lua)
    assert (kept.status, kept.password, kept.token) == (InvitationStatus.ADDED, "", "")


def test_a_known_person_is_no_member_until_they_say_yes(
    owner: Client, lua: Tenant, sol: Tenant, commit: Commit
) -> None:
    give_password(sol, KNOWN)
    path = invited(owner, commit, KNOWN)
    Client(HTTP_HOST=STAFF).get(path)  # as scanners of mail do
    assert KNOWN not in members(lua)
    with tenant_scope(lua):
        assert not User.objects.filter(email=KNOWN).exists()
    say_yes(path, commit)
    assert KNOWN in members(lua)
    assert signs_in(KNOWN)


def test_a_known_person_keeps_name_and_password(
    owner: Client, lua: Tenant, sol: Tenant, commit: Commit
) -> None:
    give_password(sol, KNOWN)
    before = execute_as_owner("SELECT first_name, password FROM tenancy_user WHERE email=%s", KNOWN)
    path = invited(owner, commit, KNOWN)
    say_yes(
        path, commit, name="Outro", password1="outra senha longa", password2="outra senha longa"
    )
    after = execute_as_owner("SELECT first_name, password FROM tenancy_user WHERE email=%s", KNOWN)
    assert before == after


def test_a_password_chosen_elsewhere_meanwhile_stays(
    owner: Client, lua: Tenant, sol: Tenant, commit: Commit
) -> None:
    execute_as_owner("UPDATE tenancy_user SET password = '' WHERE email = %s", KNOWN)
    path = invited(owner, commit, KNOWN)
    give_password(sol, KNOWN)
    other = "outra senha bem longa"
    say_yes(path, commit, name="X", password1=other, password2=other)
    assert signs_in(KNOWN)
    assert not signs_in(KNOWN, other)


def test_a_known_person_without_a_password_is_asked_for_one(
    owner: Client, sol: Tenant, commit: Commit
) -> None:
    execute_as_owner("UPDATE tenancy_user SET password = '' WHERE email = %s", KNOWN)
    path = invited(owner, commit, KNOWN)
    assert b'name="password1"' in Client(HTTP_HOST=STAFF).get(path).content
    choose(path, commit)
    assert signs_in(KNOWN)


def test_the_owner_sees_the_same_whoever_it_is(
    owner: Client, lua: Tenant, sol: Tenant, commit: Commit
) -> None:
    give_password(sol, KNOWN)
    pages = []
    for email in (KNOWN, NEW):
        with commit():
            answer = ask(owner, email)
        page = owner.get(INDEX).content.decode()
        with tenant_scope(lua):
            row = Invitation.objects.get(email=email)
            invitations.withdraw(invitation=row, actor=row.invited_by)
            kept = (row.status, row.name, row.token, row.password)
        count = page.count("Como o dono diz"), page.count("Enviado"), "SOLMARK" in page
        pages.append((answer.status_code, answer["Location"], kept, count[1:]))
    assert pages[0] == pages[1]
    assert len({message.body.split("http")[0] for message in mail.outbox}) == 1


def test_what_the_owner_typed_is_in_no_mail(owner: Client, commit: Commit) -> None:
    with commit():
        ask(owner, NEW, name="Ganhe em http://mal.exemplo.test")
    assert "mal.exemplo" not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.parametrize("change", ["token", "id", "tenant", "email", "age", "withdrawn"])
def test_a_link_is_good_for_one_invitation_only(
    owner: Client, lua: Tenant, sol: Tenant, commit: Commit, change: str
) -> None:
    path, client, at = invited(owner, commit, NEW), Client(HTTP_HOST=STAFF), timezone.now()
    if change == "token":
        path = path[:-2] + ("a/" if path[-2] != "a" else "b/")
    elif change == "id":
        path = path.replace(str(only(lua).pk), "0190a1b2-0000-7000-8000-000000000000")
    elif change == "tenant":
        client = Client(HTTP_HOST="sol.painel.localhost")
    elif change == "email":
        execute_as_owner("UPDATE tenancy_invitation SET email = 'mal@exemplo.test'")
    elif change == "age":
        at += timedelta(days=7, minutes=1)
    else:
        with tenant_scope(lua):
            invitations.withdraw(invitation=only(lua), actor=None)  # type: ignore[arg-type]
    with time_machine.travel(at), commit():
        assert client.get(path).status_code == 404
        assert client.post(path, {"name": "X", "password1": PASSWORD, "password2": PASSWORD})
    assert members(lua) == {f"{role}@lua.test" for role in ("owner", "manager", "editor")}


def test_a_row_that_says_accepted_lets_nobody_in(
    owner: Client, lua: Tenant, commit: Commit
) -> None:
    with commit():
        ask(owner, KNOWN)
    with commit():
        invitation = Invitation.objects.get()
        invitation.status, invitation.token = InvitationStatus.ACCEPTED, "confirm.x.y"
        invitation.save()
    assert KNOWN not in members(lua)
    assert only(lua).status == InvitationStatus.SENT


@pytest.mark.parametrize("body", [{}, {"name": "X", "password1": "1", "password2": "1"}])
def test_a_bad_password_is_refused_at_its_field(
    owner: Client, lua: Tenant, commit: Commit, body: dict[str, str]
) -> None:
    path = invited(owner, commit, NEW)
    response = Client(HTTP_HOST=STAFF).post(path, body)
    assert response.status_code == 200
    assert response.context["form"].errors["password1"]
    assert only(lua).status == InvitationStatus.SENT


def test_until_the_worker_has_acted_the_page_asks_for_patience(
    owner: Client, commit: Commit
) -> None:
    path, client = invited(owner, commit, NEW), Client(HTTP_HOST=STAFF)
    client.post(path, {"name": "Nova", "password1": PASSWORD, "password2": PASSWORD})
    response = client.get(path)
    assert "Pronto em instantes" in response.content.decode()
    assert response.headers["Refresh"]


def test_an_invitation_is_sent_again_and_withdrawn(
    owner: Client, lua: Tenant, commit: Commit
) -> None:
    invited(owner, commit, NEW)
    key = only(lua).pk
    with commit():
        owner.post(reverse("invitations:resend", args=[key]))
    assert len(mail.outbox) == 2
    owner.post(reverse("invitations:delete", args=[key]))
    assert only(lua).status == InvitationStatus.WITHDRAWN
    page = owner.post(reverse("invitations:resend", args=[key]), follow=True).content.decode()
    assert "Só um convite enviado" in page
    assert ask(owner, NEW).status_code == 302


def test_a_link_says_nothing_of_the_person(owner: Client, lua: Tenant, commit: Commit) -> None:
    path = invited(owner, commit, NEW)
    assert "exemplo.test" not in path
    assert Link.CHOOSE.value in path
