"""Devices of receptions, which may use coupons at one property and do nothing else."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.scoped import TenantScoped


class GateDevice(TenantScoped):
    """A telephone or tablet at the reception of one property.

    `digest` is of a secret that is kept nowhere here: until `enrolled_at` that of the link which
    makes a browser the device, then that of the browser's own. `revoked_at` ends it at once.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    property_id = models.UUIDField(_("casa"), editable=False)
    name = models.CharField(_("nome"), max_length=60)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    enrolled_at = models.DateTimeField(_("ativado em"), null=True, editable=False)
    seen_at = models.DateTimeField(_("visto em"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("desligado em"), null=True, editable=False)

    class Meta:
        verbose_name = _("aparelho da portaria")
        verbose_name_plural = _("aparelhos da portaria")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="promotions_device_once"),
        ]

    def __str__(self) -> str:
        return self.name
