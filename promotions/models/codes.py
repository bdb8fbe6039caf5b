"""Codes that have been issued. They hold a coupon's id as a value, not as a relation."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.scoped import TenantScoped


class CodeBatch(TenantScoped):
    """Codes of a coupon that were made or imported together.

    `count` is how many there are to be: a large batch is made bit by bit. `tags` and `ends_at` are
    what its codes get. Once it is disabled, all of its codes are, and no more are made.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    coupon_id = models.UUIDField(editable=False)
    label = models.CharField(_("nome"), max_length=80)
    count = models.PositiveIntegerField(_("códigos"), default=0)
    tags = models.CharField(_("etiquetas"), max_length=200, blank=True, editable=False)
    ends_at = models.DateTimeField(_("vale até"), null=True, editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    disabled_at = models.DateTimeField(_("desativado em"), null=True, editable=False)

    class Meta:
        verbose_name = _("lote de códigos")
        verbose_name_plural = _("lotes de códigos")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["tenant", "coupon_id"], name="promotions_batch_coupon")]

    def __str__(self) -> str:
        return self.label


class CouponCode(TenantScoped):
    """A code. `code` has capitals and digits alone: see `promotions.rules.codes.normalise`.

    One that is personal names its holder by a subject of the vault. It ends with `ends_at`, which
    revealing it may have set; `disabled_at` says since when it is refused.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "subject_id": "a code that is good for one person",
    }

    coupon_id = models.UUIDField(editable=False)
    batch_id = models.UUIDField(null=True, editable=False)
    code = models.CharField(_("código"), max_length=40, editable=False)
    subject_id = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    revealed_at = models.DateTimeField(_("revelado em"), null=True, editable=False)
    ends_at = models.DateTimeField(_("vale até"), null=True, editable=False)
    disabled_at = models.DateTimeField(_("desativado em"), null=True, editable=False)
    tags = models.CharField(_("etiquetas"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("código")
        verbose_name_plural = _("códigos")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="promotions_code_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "coupon_id", "batch_id"], name="promotions_code_coupon"),
        ]

    def __str__(self) -> str:
        return self.code
