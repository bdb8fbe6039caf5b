"""How often coupons have been used: meters, uses and the ledger of every step.

`promotions.spending` writes them, each step in one statement: see docs/coupons.md.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from promotions.enums import Step, UseState
from tenancy.context import current_tenant_id
from tenancy.rls import AppendOnlyPolicy
from tenancy.scoped import TenantScoped


def tenant_of_many() -> "models.ForeignKey[Any, Any]":
    """Return the tenant of rows that are written by many at once.

    A foreign key would lock the tenant's row for each of them, by all of them together. The policy
    lets nothing be written but for the tenant in scope.
    """
    return models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        default=current_tenant_id,
        editable=False,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name=_("empresa"),
    )


class Meter(TenantScoped):
    """How much of a limit is taken, by what is held and what is spent.

    `owner_id` is a coupon's or a promotion's; `key` says which of its limits: "all", "budget",
    "property:<id>", "day:2026-11-27". It has one row, slot 0, whose `limit` follows the rule's;
    or, if many take of it at once, it is spread over 16 slots, whose limits are parts of `whole`:
    what a slot has taken and what it may still take. The database lets none be exceeded.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "key": "keeping a limit per person",
    }

    tenant = tenant_of_many()
    owner_id = models.UUIDField(editable=False)
    key = models.CharField(max_length=120, editable=False)
    slot = models.PositiveSmallIntegerField(default=0, editable=False)
    taken = models.BigIntegerField(default=0, editable=False)
    limit = models.BigIntegerField(editable=False)
    whole = models.BigIntegerField(editable=False)
    is_spread = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("contador de cupom")
        verbose_name_plural = _("contadores de cupom")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "owner_id", "key", "slot"], name="promotions_meter_once"
            ),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("limit")), name="promotions_meter_limit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.taken}/{self.limit}"


class CouponUse(TenantScoped):
    """A use of a coupon: held until `expires_at`, then spent or given back.

    `took` lists what it has taken, as [owner id, key, slot, amount, …]. A use that did not get all
    that it wanted cannot be written: `took_count` must be `wanted_count`. `gives` is what its
    promotion gave at that time; `beside_centavos` is what promotions without a code took off. The
    id is derived from the request's idempotency key; `digest` is of the request, so that a repeated
    one can be told from another with its key.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "subject_id": "keeping a limit per person",
        "took": "keeping a limit per person",
    }

    tenant = tenant_of_many()
    coupon_id = models.UUIDField(editable=False)
    code_id = models.UUIDField(editable=False)
    rule_id = models.UUIDField(editable=False)
    property_id = models.UUIDField(editable=False)
    subject_id = models.UUIDField(null=True, editable=False)
    state = models.CharField(_("situação"), max_length=9, choices=UseState, editable=False)
    price_centavos = models.PositiveIntegerField(_("preço"), editable=False)
    discount_centavos = models.PositiveIntegerField(_("desconto"), editable=False)
    beside_centavos = models.PositiveIntegerField(_("promoções"), default=0, editable=False)
    stay = models.JSONField(default=dict, editable=False)
    gives = models.JSONField(default=dict, editable=False)
    took = models.JSONField(default=list, editable=False)
    took_count = models.PositiveSmallIntegerField(editable=False)
    wanted_count = models.PositiveSmallIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("reservado até"), null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("uso de cupom")
        verbose_name_plural = _("usos de cupons")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(took_count=F("wanted_count")), name="promotions_use_took_all"
            ),
            models.CheckConstraint(
                condition=Q(price_centavos__gte=F("discount_centavos") + F("beside_centavos")),
                name="promotions_use_price",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "coupon_id", "-created_at"], name="promotions_use_of"),
            models.Index(
                fields=["tenant", "expires_at"],
                condition=Q(state=UseState.HELD),
                name="promotions_use_held",
            ),
            models.Index(
                fields=["tenant", "property_id", "-created_at"],
                condition=Q(state__in=[UseState.SPENT, UseState.REVERSED]),
                name="promotions_use_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.created_at:%Y-%m-%d %H:%M}"


class LedgerEntry(TenantScoped):
    """One step of a use; rows are only ever added.

    Its id is derived from the request's idempotency key, so a step cannot be written twice.
    """

    policy = AppendOnlyPolicy
    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    tenant = tenant_of_many()
    at = models.DateTimeField(_("quando"), default=timezone.now, editable=False)
    use_id = models.UUIDField(editable=False)
    coupon_id = models.UUIDField(editable=False)
    step = models.CharField(_("passo"), max_length=7, choices=Step, editable=False)
    discount_centavos = models.PositiveIntegerField(_("desconto"), editable=False)
    actor = models.CharField(_("autor"), max_length=60, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("passo de um uso")
        verbose_name_plural = _("passos de usos")
        ordering = ["at"]
        indexes = [
            models.Index(fields=["tenant", "use_id", "at"], name="promotions_ledger_use"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.at:%Y-%m-%d %H:%M}"
