"""The people who work for tenants: who they are, their roles, and whom owners invite."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.enums import OPEN_INVITATIONS, InvitationStatus, Role
from tenancy.ids import uuid7
from tenancy.rls import IN_SCOPE, Policies
from tenancy.scoped import TenantScoped

IS_MEMBER = (
    "EXISTS (SELECT 1 FROM tenancy_membership m "  # noqa: S608 (constants)
    f"WHERE m.user_id = tenancy_user.id AND m.tenant_id = {IN_SCOPE})"
)


class UserManager(BaseUserManager["User"]):
    """People are found by their e-mail address, in any case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=User.normalise(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person; without a password they cannot sign in until they choose one."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Visible in the tenants that they have a membership in, and nowhere else.

    Who serves may write `WRITABLE` only, and the database holds it to that: nobody becomes a
    superuser, or another person, through a tenant's screens. The rest is the ops role's.
    """

    WRITABLE: ClassVar[tuple[str, ...]] = ("password", "last_login", "first_name", "last_name")
    REFUSED: ClassVar[frozenset[str]] = frozenset(
        {"tenancy.add_user", "tenancy.change_user", "tenancy.delete_user"}
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("nome"), max_length=150, blank=True)
    last_name = models.CharField(_("sobrenome"), max_length=150, blank=True)
    is_active = models.BooleanField(_("ativo"), default=True)
    date_joined = models.DateTimeField(_("desde"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("pessoa")
        verbose_name_plural = _("pessoas")
        ordering = ["email"]
        constraints = [
            Policies(
                name="tenancy_user",
                rules={
                    "member": ("SELECT", IS_MEMBER, ""),
                    "change": ("UPDATE", IS_MEMBER, IS_MEMBER),
                },
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @staticmethod
    def normalise(email: str) -> str:
        """Return the one spelling under which an address is kept."""
        return email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.normalise(self.email)
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = self.WRITABLE
        super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Say no, to a superuser as well, to what the database refuses to all who serve.

        Wagtail's own screens of people ask this, and so offer none of it.
        """
        return perm not in self.REFUSED and super().has_perm(perm, obj)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name


class Membership(TenantScoped):
    """A person's role in a tenant."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("pessoa")
    )
    role = models.CharField(_("papel"), max_length=10, choices=Role)
    created_at = models.DateTimeField(_("desde"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("pessoa da equipe")
        verbose_name_plural = _("pessoas da equipe")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="tenancy_membership_user"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Invitation(TenantScoped):
    """An owner's wish to let somebody in: nobody is until they have accepted it themselves.

    Until then the row holds what the owner typed and nothing else, so that it does not tell
    whether the person is known to the installation. See `tenancy.invitations`.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("nome"), max_length=150)
    role = models.CharField(_("papel"), max_length=10, choices=Role, default=Role.EDITOR)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False)
    status = models.CharField(
        _("situação"),
        max_length=10,
        choices=InvitationStatus,
        default=InvitationStatus.WAITING,
        editable=False,
    )
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("enviado em"), null=True, editable=False)
    # Between the person's yes and the worker's: the link's token, and a newcomer's password.
    token = models.CharField(max_length=100, blank=True, editable=False)
    password = models.CharField(max_length=128, blank=True, editable=False)

    class Meta:
        verbose_name = _("convite")
        verbose_name_plural = _("convites")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "email"],
                condition=models.Q(status__in=OPEN_INVITATIONS),
                name="tenancy_invitation_open",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the person may still come in by it."""
        return self.status in OPEN_INVITATIONS
