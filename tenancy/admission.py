"""Letting people in: what an owner's invitation leads to, under the ops role."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from tenancy import services
from tenancy.context import require_tenant_id
from tenancy.enums import InvitationStatus
from tenancy.escape import across_tenants
from tenancy.links import staff_base_url
from tenancy.models import Invitation, Tenant, User


def find_or_create_person(*, email: str, name: str) -> tuple[User, bool]:
    """Return the person with that address, and whether they are new to the installation.

    Raises `tenancy.escape.NotEntitled` without the ops role.
    """
    first, _space, last = name.strip().partition(" ")
    with across_tenants():
        return User.objects.get_or_create(
            email=User.normalise(email), defaults={"first_name": first, "last_name": last}
        )


def admit(*, invitation_id: str) -> None:
    """Add the invited person to the current tenant, and write to them. Safe to run twice."""
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
        if invitation.status == InvitationStatus.ADDED:
            return
        user, is_new = find_or_create_person(email=invitation.email, name=invitation.name)
        services.add_member(user=user, role=invitation.role, actor=invitation.invited_by)
        invitation.status = InvitationStatus.ADDED
        invitation.save()
        transaction.on_commit(lambda: welcome(user=user, is_new=is_new))


def welcome(*, user: User, is_new: bool) -> None:
    """Tell a person where they can sign in now; a new one gets a link to choose a password."""
    tenant = Tenant.objects.get(pk=require_tenant_id())
    base_url = staff_base_url()
    link = base_url + reverse("wagtailadmin_home")
    if is_new or not user.password or not user.has_usable_password():
        key = urlsafe_base64_encode(force_bytes(user.pk))
        token = default_token_generator.make_token(user)
        link = base_url + reverse("wagtailadmin_password_reset_confirm", args=[key, token])
    context = {"tenant": tenant, "user": user, "link": link, "is_new": is_new}
    send_mail(
        _("Seu acesso ao painel de %(name)s") % {"name": tenant.name},
        render_to_string("tenancy/email/welcome.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
    )
