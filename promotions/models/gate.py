"""Devices of receptions, which may use coupons at one property and do nothing else."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from promotions.enums import OfflineState
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
    offline_limit = models.PositiveSmallIntegerField(
        _("usos sem conexão por dia"),
        default=5,
        validators=[MaxValueValidator(50)],
        help_text=_("Quantos cupons o aparelho pode usar enquanto a internet falha. 0: nenhum."),
    )
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


class OfflineUse(TenantScoped):
    """A use that a device has reported, having made it without a network; none is ever dropped.

    The id is derived from who reports it and their key, so that it is there once. What became of
    it is a use, or a conflict with its reasons: then nothing was counted, and the guest has had
    what the code gave. `seen_at` is when a manager has taken note.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    actor = models.CharField(_("autor"), max_length=60, editable=False)
    property_id = models.UUIDField(editable=False)
    code = models.CharField(_("código"), max_length=40, editable=False)
    coupon_id = models.UUIDField(null=True, editable=False)
    suite = models.CharField(_("suíte"), max_length=80, editable=False)
    stay = models.CharField(_("permanência"), max_length=80, editable=False)
    used_at = models.DateTimeField(_("usado em"), editable=False)
    received_at = models.DateTimeField(_("informado em"), editable=False)
    state = models.CharField(_("situação"), max_length=8, choices=OfflineState, editable=False)
    reasons = models.JSONField(default=list, editable=False)
    use_id = models.UUIDField(null=True, editable=False)
    seen_at = models.DateTimeField(_("visto em"), null=True, editable=False)

    class Meta:
        verbose_name = _("uso sem conexão")
        verbose_name_plural = _("usos sem conexão")
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["tenant", "actor", "-received_at"], name="promotions_offline_of"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.used_at:%Y-%m-%d %H:%M}"
