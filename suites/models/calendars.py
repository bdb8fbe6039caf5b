"""The calendar of a property."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from suites.enums import DayKind, Weekday
from tenancy.scoped import TenantForeignKey, TenantOneToOneField, TenantScoped
from theme.enums import State
from theme.languages import IN_PORTUGUESE
from theme.previews.rules import YEARS

LEAP_YEAR = 2000
"""Stands for any year: it has every day."""


class PropertyCalendar(TenantScoped):
    """When a property has weekend, and which holidays it keeps; without a row, as the defaults."""

    property = TenantOneToOneField(
        "tenancy.Property", models.CASCADE, related_name="calendar", verbose_name=_("casa")
    )
    weekend_starts_on = models.PositiveSmallIntegerField(
        _("começa"), choices=Weekday, default=Weekday.FRIDAY
    )
    weekend_starts_at = models.TimeField(_("às"), default=time(18))
    weekend_ends_on = models.PositiveSmallIntegerField(
        _("termina"), choices=Weekday, default=Weekday.SUNDAY
    )
    weekend_ends_at = models.TimeField(_("às"), default=time(18))
    has_public_holidays = models.BooleanField(
        _("feriados nacionais e do estado"),
        default=True,
        help_text=_("Feriados da cidade se cadastram em “Datas da casa”."),
    )
    has_optional_holidays = models.BooleanField(
        _("também pontos facultativos"),
        default=False,
        help_text=_("Segunda e terça de Carnaval e Corpus Christi."),
    )
    state = models.CharField(
        _("estado"), max_length=2, choices=State, blank=True, help_text=_("De cujos feriados.")
    )
    eve_from = models.TimeField(
        _("véspera de feriado a partir de"),
        null=True,
        blank=True,
        help_text=_("Vazio: a véspera é um dia comum."),
    )

    class Meta:
        verbose_name = _("calendário")
        verbose_name_plural = _("calendários")
        ordering = ["property"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "property"], name="suites_calendar_once"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.property}"

    def clean(self) -> None:
        """Refuse a weekend that ends when it begins: it would be none, or a whole week."""
        starts = (self.weekend_starts_on, self.weekend_starts_at)
        if None not in starts and starts == (self.weekend_ends_on, self.weekend_ends_at):
            reason = _("O fim de semana não pode terminar no instante em que começa.")
            raise ValidationError({"weekend_ends_at": reason})


class SpecialDay(TenantScoped):
    """A day that the property puts into its calendar; yearly unless it has a year."""

    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="special_days", verbose_name=_("casa")
    )
    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=80)
    name_en = models.CharField(
        _("nome em inglês"), max_length=80, blank=True, help_text=IN_PORTUGUESE
    )
    name_es = models.CharField(
        _("nome em espanhol"), max_length=80, blank=True, help_text=IN_PORTUGUESE
    )
    month = models.PositiveSmallIntegerField(
        _("mês"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("dia"), validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    year = models.PositiveSmallIntegerField(
        _("ano"),
        null=True,
        blank=True,
        validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[-1])],
    )
    kind = models.CharField(
        _("o que é"),
        max_length=7,
        choices=DayKind,
        default=DayKind.SPECIAL,
        help_text=_("Todas podem ter preços próprios; num dia fechado nada se vende."),
    )

    class Meta:
        verbose_name = _("data da casa")
        verbose_name_plural = _("datas da casa")
        ordering = ["month", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "property", "slug"], name="suites_specialday_slug"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.day:02}/{self.month:02})"

    def as_date(self) -> date:
        """Return the day in its year, or a leap year; raise `ValueError` if there is none such."""
        return date(self.year or LEAP_YEAR, self.month, self.day)

    def clean(self) -> None:
        """Refuse days that no calendar has; a missing one has been refused at its field."""
        others = self.prices.exclude(suite_type__property=self.property_id)
        if not self._state.adding and others.exists():
            raise ValidationError({"property": _("Tem preços em suítes de outra casa.")})
        if None in (self.day, self.month):
            return
        try:
            self.as_date()
        except ValueError as error:
            raise ValidationError({"day": _("Este dia não existe neste mês.")}) from error
