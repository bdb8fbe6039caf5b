"""What guests were told and what they asked for; of who they are, nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from promotions.enums import BookingState
from tenancy.rls import AppendOnlyPolicy
from tenancy.scoped import TenantScoped


class OfferSnapshot(TenantScoped):
    """What was said of a coupon when somebody uncovered its code; rows are only ever added.

    `asker` is a keyed digest by which the same device, or the same person, gets the same code of
    this coupon again; it is another one for every coupon. "" is somebody who gave neither.
    """

    policy = AppendOnlyPolicy
    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "asker": "giving the same person the same code",
    }

    coupon_id = models.UUIDField(editable=False)
    rule_id = models.UUIDField(editable=False)
    code_id = models.UUIDField(editable=False)
    property_id = models.UUIDField(editable=False)
    asker = models.CharField(max_length=64, blank=True, editable=False)
    words = models.JSONField(_("o que foi dito"), default=dict, editable=False)
    language = models.CharField(_("idioma"), max_length=10, editable=False)
    at = models.DateTimeField(_("quando"), default=timezone.now, editable=False)
    ends_at = models.DateTimeField(_("vale até"), null=True, editable=False)

    class Meta:
        verbose_name = _("oferta revelada")
        verbose_name_plural = _("ofertas reveladas")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "coupon_id", "asker"],
                condition=~Q(asker=""),
                name="promotions_snapshot_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "code_id"], name="promotions_snapshot_code")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class BookingIntent(TenantScoped):
    """That somebody wants to come: the house answers them where they write or call.

    `reference` is what they say there, of the alphabet of codes. `discount_centavos` is all that is
    taken off, `automatic_centavos` what would be without any code. Nobody answers one whose
    `expires_at` is over.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    reference = models.CharField(_("referência"), max_length=12, editable=False)
    property_id = models.UUIDField(editable=False)
    suite_type_id = models.UUIDField(editable=False)
    stay_id = models.UUIDField(editable=False)
    arrival = models.DateTimeField(_("chegada"), editable=False)
    price_centavos = models.PositiveIntegerField(_("preço"), editable=False)
    discount_centavos = models.PositiveIntegerField(_("desconto"), default=0, editable=False)
    automatic_centavos = models.PositiveIntegerField(default=0, editable=False)
    use_id = models.UUIDField(null=True, editable=False)
    state = models.CharField(
        _("situação"),
        max_length=9,
        choices=BookingState,
        default=BookingState.ASKED,
        editable=False,
    )
    created_at = models.DateTimeField(_("pedido em"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("responder até"), editable=False)
    answered_at = models.DateTimeField(_("respondido em"), null=True, editable=False)

    class Meta:
        verbose_name = _("pedido de reserva")
        verbose_name_plural = _("pedidos de reserva")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "reference"], name="promotions_booking_reference"
            ),
            models.UniqueConstraint(fields=["tenant", "use_id"], name="promotions_booking_use"),
            models.CheckConstraint(
                condition=Q(discount_centavos__lte=models.F("price_centavos")),
                name="promotions_booking_discount",
            ),
            models.CheckConstraint(
                condition=Q(automatic_centavos__lte=models.F("price_centavos")),
                name="promotions_booking_automatic",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at"], name="promotions_booking_recent"),
        ]

    def __str__(self) -> str:
        return self.reference
