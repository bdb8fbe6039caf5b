"""Signing in: members of the host's tenant only."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tenancy.context import current_tenant_id
from tenancy.models import Membership, User

DEMO_PASSWORD = "demo-alcova"  # noqa: S105 (public, and refused outside the demo)


class MemberBackend(ModelBackend):
    """Signs in those who have a membership in the tenant in scope.

    The database already hides everybody else; this says it again in the application, so that
    either wall holds alone. The demo's password opens nothing outside the demo.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if password == DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, username, password, **kwargs)

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and is_member(user)


def is_member(user: User) -> bool:
    """Say whether the person has a membership in the tenant in scope."""
    if current_tenant_id() is None:
        return False
    return bool(Membership.objects.filter(user=user).exists())


class NotTheDemoPassword:
    """Refuses the demo's password everywhere else."""

    def validate(self, password: str, user: Any = None) -> None:
        if password == DEMO_PASSWORD and not settings.DEMO:
            raise ValidationError(_("Esta senha é a da demonstração: escolha outra."), code="demo")

    def get_help_text(self) -> str:
        return _("Não pode ser a senha da demonstração.")
