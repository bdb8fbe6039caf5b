"""Choices of the tenancy models, and their named groups."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person may do for a tenant: each role is a Wagtail group of that tenant."""

    OWNER = "owner", _("Proprietário")
    MANAGER = "manager", _("Gerente")
    EDITOR = "editor", _("Editor")
    OPERATOR = "operator", _("Operador da plataforma")


TENANT_ROLES = (Role.OWNER, Role.MANAGER, Role.EDITOR)


class TenantStatus(TextChoices):
    """Whether a tenant is served."""

    ACTIVE = "active", _("Ativo")
    SUSPENDED = "suspended", _("Suspenso")


class HostKind(TextChoices):
    """What is served under a host name."""

    GUEST = "guest", _("Site da casa")
    STAFF = "staff", _("Painel")
    API = "api", _("API")


class InvitationStatus(TextChoices):
    """Where an invitation stands: only what has happened is said."""

    WAITING = "waiting", _("A enviar")
    SENT = "sent", _("Enviado")
    ACCEPTED = "accepted", _("Aceito")
    ADDED = "added", _("Acesso liberado")
    WITHDRAWN = "withdrawn", _("Cancelado")


UNANSWERED = (InvitationStatus.WAITING, InvitationStatus.SENT)
OPEN_INVITATIONS = (*UNANSWERED, InvitationStatus.ACCEPTED)
