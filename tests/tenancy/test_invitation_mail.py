"""Mail to those who are let in: each once, and tried again."""

from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tenancy import admission, schedule
from tenancy.context import tenant_scope
from tenancy.enums import InvitationStatus
from tenancy.models import Tenant, User
from tenancy.tasks import ops
from tests.conftest import execute_as_owner
from tests.tenancy.inviting import NEW, Commit, ask, give_password, invited, only


def test_mail_that_fails_is_sent_by_the_next_try(
    owner: Client, lua: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(owner, NEW)
    key = str(only(lua).pk)

    def away(*args: Any) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken, tenant_scope(lua):
        broken.setattr(admission, "send_mail", away)
        with pytest.raises(SMTPServerDisconnected):
            admission.send(invitation_id=key)
    assert only(lua).status == InvitationStatus.WAITING
    execute_as_owner("UPDATE tenancy_invitation SET created_at = now() - interval '2 minutes'")
    schedule.resume_admissions()
    assert len(mail.outbox) == 1
    assert only(lua).status == InvitationStatus.SENT


def test_what_a_mail_server_says_is_tried_again() -> None:
    assert issubclass(SMTPServerDisconnected, ops.send_invitation.autoretry_for)


def test_twice_the_work_sends_one_mail(owner: Client, lua: Tenant, commit: Commit) -> None:
    invited(owner, commit, NEW)
    with tenant_scope(lua):
        admission.send(invitation_id=str(only(lua).pk))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("has_password", [True, False])
def test_who_is_added_by_command_reads_what_they_can_do(lua: Tenant, has_password: bool) -> None:
    execute_as_owner("UPDATE tenancy_user SET password = '' WHERE email = 'editor@lua.test'")
    if has_password:
        give_password(lua, "editor@lua.test")
    with tenant_scope(lua):
        admission.welcome(user=User.objects.get(email="editor@lua.test"))
    (message,) = mail.outbox
    assert ("/password_reset/confirm/" in message.body) is not has_password
    assert ("Entre com a senha que você já usa" in message.body) is has_password
