"""Houses as Google knows them, and each reading of their reviews."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import OPEN_RUNS, LocationState, Refusal, RunKind, RunState, Source
from tenancy.scoped import TenantForeignKey, TenantScoped


class Location(TenantScoped):
    """A house on Google, or the file in which a house has its reviews.

    Only one that is tied to a property is read. A move to another account changes `account`, and
    all names of reviews with it; `name` and `place_id` stay.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    source = models.CharField(_("origem"), max_length=6, choices=Source, default=Source.GOOGLE)
    property_id = models.UUIDField(_("casa"), null=True, blank=True, editable=False)
    account = models.CharField(_("conta"), max_length=60, blank=True, editable=False)
    name = models.CharField(max_length=80, editable=False)
    place_id = models.CharField(max_length=200, blank=True, editable=False)
    title = models.CharField(_("nome no Google"), max_length=200, blank=True, editable=False)
    maps_url = models.URLField(_("perfil no Google"), max_length=500, blank=True, editable=False)
    state = models.CharField(
        _("situação"),
        max_length=7,
        choices=LocationState,
        default=LocationState.FINE,
        editable=False,
    )
    refusal = models.CharField(
        _("motivo"), max_length=10, choices=Refusal, default=Refusal.NONE, blank=True
    )
    average = models.DecimalField(max_digits=3, decimal_places=2, null=True, editable=False)
    total = models.PositiveIntegerField(_("avaliações no Google"), null=True, editable=False)
    newest_due_at = models.DateTimeField(_("próxima leitura"), null=True, editable=False)
    sweep_due_at = models.DateTimeField(_("próxima leitura completa"), null=True, editable=False)
    # Nobody begins with it before: somebody is at it, or it has just failed.
    rests_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("perfil no Google")
        verbose_name_plural = _("perfis no Google")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "name"], name="reviews_location_name"
            ),
            models.UniqueConstraint(
                fields=["tenant", "source", "property_id"], name="reviews_location_property"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "newest_due_at"],
                condition=Q(property_id__isnull=False, source=Source.GOOGLE),
                name="reviews_location_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def parent(self) -> str:
        """The location as the API of reviews names it."""
        return f"{self.account}/{self.name}"


class ImportRun(TenantScoped):
    """One reading of a location's reviews, page by page.

    A page and this row are written in one transaction: whoever goes on after somebody died reads
    the page at `page_token` again, or the one after it, and `pages` tells those who were overtaken.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    location = TenantForeignKey(Location, models.CASCADE, related_name="runs")
    kind = models.CharField(_("leitura"), max_length=6, choices=RunKind, editable=False)
    state = models.CharField(
        _("situação"), max_length=10, choices=RunState, default=RunState.READING, editable=False
    )
    started_at = models.DateTimeField(_("início"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("fim"), null=True, editable=False)
    page_token = models.CharField(max_length=400, blank=True, editable=False)
    pages = models.PositiveIntegerField(_("páginas"), default=0, editable=False)
    read = models.PositiveIntegerField(_("lidas"), default=0, editable=False)
    new = models.PositiveIntegerField(_("novas"), default=0, editable=False)
    changed = models.PositiveIntegerField(_("mudadas"), default=0, editable=False)
    unreadable = models.PositiveIntegerField(default=0, editable=False)
    # What Google said the number of all was, while pages were read: how much it moved meanwhile.
    least_total = models.PositiveIntegerField(null=True, editable=False)
    most_total = models.PositiveIntegerField(null=True, editable=False)
    gone = models.PositiveIntegerField(_("sumidas"), default=0, editable=False)
    is_complete = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("leitura de avaliações")
        verbose_name_plural = _("leituras de avaliações")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "location"],
                condition=Q(state__in=OPEN_RUNS),
                name="reviews_run_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "location", "-started_at"], name="reviews_run_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"
