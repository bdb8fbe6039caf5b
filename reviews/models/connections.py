"""A company's consent, and what holds questions back."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import ConnectionState, Refusal
from tenancy.scoped import TenantScoped


class Connection(TenantScoped):
    """That somebody of the company let us read its reviews on Google, and answer them.

    The tokens lie in `privacy.secrets`. There is one connection in a company.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    state = models.CharField(
        _("situação"),
        max_length=9,
        choices=ConnectionState,
        default=ConnectionState.CONNECTED,
        editable=False,
    )
    refusal = models.CharField(
        _("motivo"), max_length=10, choices=Refusal, default=Refusal.NONE, blank=True
    )
    connected_at = models.DateTimeField(_("conectada em"), default=timezone.now, editable=False)
    # Which accounts Google listed, so that people see what they let us see.
    accounts = models.JSONField(_("contas"), default=list, editable=False)
    listed_at = models.DateTimeField(_("perfis listados em"), null=True, editable=False)
    # Why it lists none, whether or not it lets us read those that are known.
    listing_refusal = models.CharField(
        max_length=10, choices=Refusal, default=Refusal.NONE, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("conexão com o Google")
        verbose_name_plural = _("conexões com o Google")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="reviews_connection_once"),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())


class HostPause(TenantScoped):
    """That one of Google's hosts is to be left alone: for all companies, so it is the platform's.

    `strikes` counts how often in a row a host said so without saying for how long.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    host = models.CharField(max_length=80, editable=False)
    until = models.DateTimeField(editable=False)
    strikes = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("pausa de um serviço")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "host"], name="reviews_hostpause_host"),
        ]

    def __str__(self) -> str:
        return self.host


class SeenNotification(TenantScoped):
    """A notification that was taken up: Google sends each at least once."""

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    message_id = models.CharField(max_length=80, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("aviso recebido")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "message_id"], name="reviews_notification_once"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "at"], name="reviews_notification_at")]

    def __str__(self) -> str:
        return self.message_id
