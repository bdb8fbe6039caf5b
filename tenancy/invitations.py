"""Invitations of the tenant in scope: what owners may ask, and how the invited say yes.

The link in the mail is the proof of consent. Its token is signed for one tenant, one invitation
and one address, and says whether a password is to be chosen: that is known to the worker who
mails it and to the reader of the mail, and stands in no row that the owner could see.
"""

from datetime import timedelta
from enum import StrEnum

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenancy import audit
from tenancy.context import require_tenant_id
from tenancy.enums import OPEN_INVITATIONS, TENANT_ROLES, UNANSWERED, InvitationStatus
from tenancy.models import AuditEntry, Invitation, Membership, User

LIFETIME = timedelta(days=7)
"""How long a link may be used."""
MOST_OPEN = 50
MOST_A_DAY = 20
ADD, RESEND = "tenancy.invitation.add", "tenancy.invitation.resend"


class Link(StrEnum):
    """What the reader of a link does: choose a name and a password, or just confirm."""

    CHOOSE = "choose"
    CONFIRM = "confirm"


@transaction.atomic
def invite(*, email: str, name: str, role: str, invited_by: User) -> Invitation:
    """Write down who is to be asked; a worker with the ops role mails them a link.

    The caller learns nothing of whether the person is known elsewhere. Raises ValidationError
    for a member, for an address with an open invitation, and beyond the limits.
    """
    if role not in TENANT_ROLES:
        raise ValidationError(_("Papel desconhecido."))
    address = User.normalise(email)
    _take_turn()
    if Membership.objects.filter(user__email=address).exists():
        raise ValidationError(_("Esta pessoa já faz parte da equipe."))
    if Invitation.objects.filter(status__in=OPEN_INVITATIONS).count() >= MOST_OPEN:
        raise ValidationError(_("Há convites abertos demais: cancele os que não valem mais."))
    try:
        with transaction.atomic():
            invitation: Invitation = Invitation.objects.create(
                email=address, name=name.strip(), role=role, invited_by=invited_by
            )
    except IntegrityError as error:
        raise ValidationError(_("Já existe um convite aberto para este e-mail.")) from error
    audit.record(ADD, invitation, actor=invited_by, data={"role": role})
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, actor: User) -> Invitation:
    """Have the link mailed again, with a new term. Raises ValidationError if it is not due."""
    _take_turn()
    locked = _locked(invitation)
    if locked.status != InvitationStatus.SENT:
        raise ValidationError(_("Só um convite enviado e sem resposta pode ser reenviado."))
    locked.status = InvitationStatus.WAITING
    locked.save()
    audit.record(RESEND, locked, actor=actor)
    return locked


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: User) -> Invitation:
    """Make the link worthless. Raises ValidationError for an invitation that is not open."""
    locked = _locked(invitation)
    if not locked.is_open:
        raise ValidationError(_("Este convite não está mais aberto."))
    locked.status = InvitationStatus.WITHDRAWN
    locked.token = locked.password = ""
    locked.save()
    audit.record("tenancy.invitation.withdraw", locked, actor=actor)
    return locked


@transaction.atomic
def accept(*, invitation: Invitation, token: str, name: str = "", password: str = "") -> None:
    """Write down the person's yes; the worker reads the token again before it acts on it.

    Name and password count only for those who have none yet. Raises ValidationError when the
    link is worth nothing (any more).
    """
    locked = _locked(invitation)
    link = link_of(locked, token)
    if link is None or locked.status not in UNANSWERED:
        raise ValidationError(_("Este convite não vale mais."))
    if link == Link.CHOOSE:
        locked.name, locked.password = name.strip(), make_password(password)
    locked.token = token
    locked.status = InvitationStatus.ACCEPTED
    locked.save()
    audit.record("tenancy.invitation.accept", locked)


def token_for(invitation: Invitation, link: Link) -> str:
    """Return the token of a link to this invitation of the tenant in scope."""
    return _signer(invitation).sign(link.value)


def link_of(
    invitation: Invitation, token: str, *, lifetime: timedelta | None = LIFETIME
) -> Link | None:
    """Return what a token asks for, or None for one that was not made for this or is too old."""
    try:
        return Link(_signer(invitation).unsign(token, max_age=lifetime))
    except BadSignature:
        return None


def _signer(invitation: Invitation) -> TimestampSigner:
    parts = ("tenancy.invitation", require_tenant_id(), invitation.pk, invitation.email)
    return TimestampSigner(sep=".", salt=":".join(map(str, parts)))


def _locked(invitation: Invitation) -> Invitation:
    found: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    return found


def _take_turn() -> None:
    """Wait for the tenant's other invitations, and refuse beyond what one day allows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"invitations:{require_tenant_id()}"]
        )
    since = timezone.now() - timedelta(days=1)
    # counted in the audit, of which nobody who serves can take a row away
    if AuditEntry.objects.filter(action__in=(ADD, RESEND), at__gt=since).count() >= MOST_A_DAY:
        raise ValidationError(
            _("Foram enviados %(most)s convites em um dia: tente de novo amanhã.")
            % {"most": MOST_A_DAY}
        )
