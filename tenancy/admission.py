"""Letting people in, under the ops role: mailing invitations, and acting on those accepted."""

import structlog
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from tenancy import invitations, services
from tenancy.enums import InvitationStatus
from tenancy.escape import across_tenants
from tenancy.invitations import Link
from tenancy.links import staff_base_url
from tenancy.models import Invitation, Membership, User
from tenancy.selectors import current_tenant

log = structlog.get_logger(__name__)


def find_or_create_person(*, email: str, name: str) -> tuple[User, bool]:
    """Return the person with that address, and whether they are new to the installation.

    Raises `tenancy.escape.NotEntitled` without the ops role.
    """
    first, _space, last = name.strip().partition(" ")
    with across_tenants():
        return User.objects.get_or_create(
            email=User.normalise(email), defaults={"first_name": first, "last_name": last}
        )


def send(*, invitation_id: str) -> None:
    """Mail an invitation's link, and say so in its status; if sending fails, nothing is said.

    Safe to run twice: what has been sent is not sent again.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if invitation.status != InvitationStatus.WAITING:
            return
        _mail_link(invitation)
        invitation.status = InvitationStatus.SENT
        invitation.sent_at = timezone.now()
        invitation.save()


def _mail_link(invitation: Invitation) -> None:
    with across_tenants():
        person = User.objects.filter(email=invitation.email).first()
    link = Link.CONFIRM if person and has_password(person) else Link.CHOOSE
    path = reverse(
        "accept_invitation", args=[invitation.pk, invitations.token_for(invitation, link)]
    )
    tenant = current_tenant()
    # nothing that the owner typed: the platform mails no texts of strangers to strangers
    context = {
        "tenant": tenant,
        "link": staff_base_url() + path,
        "days": invitations.LIFETIME.days,
    }
    send_mail(
        _("Convite para o painel de %(name)s") % {"name": tenant.name},
        render_to_string("tenancy/email/invitation.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
    )


def admit(*, invitation_id: str) -> None:
    """Make whoever accepted an invitation a member of the current tenant. Safe to run twice.

    The row's word is not enough: the token of the mailed link is asked again.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if invitation.status != InvitationStatus.ACCEPTED:
            return
        link = invitations.link_of(invitation, invitation.token, lifetime=None)
        if link is None:
            log.warning("admission.refused", invitation=invitation_id)
            invitation.status = InvitationStatus.SENT
        else:
            _make_member(invitation, link)
            invitation.status = InvitationStatus.ADDED
        invitation.token = invitation.password = ""
        invitation.save()


def _make_member(invitation: Invitation, link: Link) -> None:
    user, _is_new = find_or_create_person(email=invitation.email, name=invitation.name)
    if not Membership.objects.filter(user=user).exists():
        services.add_member(user=user, role=invitation.role, actor=user)
    # somebody may have chosen one elsewhere since the link was mailed: that one stays
    if link == Link.CHOOSE and not has_password(user):
        user.password = invitation.password
        user.save()


def has_password(user: User) -> bool:
    """Say whether the person can sign in with a password; of those provisioned it is empty."""
    return bool(user.password) and user.has_usable_password()


def welcome(*, user: User) -> None:
    """Tell somebody whom an operator added where to sign in, or to choose a password first."""
    tenant = current_tenant()
    needs_password = not has_password(user)
    path = reverse("wagtailadmin_home")
    if needs_password:
        key = urlsafe_base64_encode(force_bytes(user.pk))
        token = default_token_generator.make_token(user)
        path = reverse("wagtailadmin_password_reset_confirm", args=[key, token])
    context = {
        "tenant": tenant,
        "user": user,
        "link": staff_base_url() + path,
        "needs_password": needs_password,
    }
    send_mail(
        _("Seu acesso ao painel de %(name)s") % {"name": tenant.name},
        render_to_string("tenancy/email/welcome.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
