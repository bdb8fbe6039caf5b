"""The vault's tables: a tenant's keys, wrapped; people's numbers and its secrets, sealed.

`privacy.vault` and its neighbours read and write them, nobody else: see docs/privacy.md.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.enums import KeyState, Purpose
from tenancy.scoped import TenantScoped


class TenantKey(TenantScoped):
    """A tenant's key for one purpose, as the key service wrapped it.

    A new epoch replaces the one before. A key that is retired or shredded is gone: what is left
    says that its epoch was.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    purpose = models.CharField(max_length=20, choices=Purpose, editable=False)
    epoch = models.PositiveIntegerField(editable=False)
    state = models.CharField(
        _("situação"),
        max_length=8,
        choices=KeyState,
        default=KeyState.CURRENT,
        editable=False,
    )
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(_("criada em"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("chave da empresa")
        verbose_name_plural = _("chaves da empresa")
        ordering = ["purpose", "-epoch"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "purpose", "epoch"], name="privacy_tenantkey_epoch"
            ),
            models.UniqueConstraint(
                fields=["tenant", "purpose"],
                condition=Q(state=KeyState.CURRENT),
                name="privacy_tenantkey_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.epoch}"


class VaultEntry(TenantScoped):
    """A person's CPF, sealed, and the random id by which everything else knows them.

    `cpf_index` finds the entry by the CPF, `data_key` opens it; both under the tenant's key of
    that epoch.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "subject_id": "knowing a person again",
        "cpf_index": "knowing a person again",
        "cpf": "telling who a person is, where the law asks",
    }

    subject_id = models.UUIDField(default=uuid.uuid4, editable=False)
    cpf_index = models.BinaryField()
    cpf = models.BinaryField()
    data_key = models.BinaryField()
    epoch = models.PositiveIntegerField(editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("pessoa no cofre")
        verbose_name_plural = _("pessoas no cofre")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "cpf_index"], name="privacy_entry_index"),
            models.UniqueConstraint(fields=["tenant", "subject_id"], name="privacy_entry_subject"),
        ]
        indexes = [models.Index(fields=["tenant", "epoch", "id"], name="privacy_entry_epoch")]

    def __str__(self) -> str:
        return str(self.subject_id)


class Secret(TenantScoped):
    """What a tenant was given by another service, sealed: see `privacy.secrets`."""

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField(max_length=80, editable=False)
    sealed = models.BinaryField()
    epoch = models.PositiveIntegerField(editable=False)

    class Meta:
        verbose_name = _("segredo da empresa")
        verbose_name_plural = _("segredos da empresa")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="privacy_secret_name"),
        ]

    def __str__(self) -> str:
        return self.name
