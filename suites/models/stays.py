"""What is sold."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from suites.enums import StayKind
from suites.rules.stays import ClockRange
from tenancy.scoped import TenantForeignKey, TenantScoped

DAY_MINUTES = 24 * 60


class Stay(TenantScoped):
    """What is sold: a period of minutes, or a window of local time that may pass midnight."""

    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="stays", verbose_name=_("casa")
    )
    slug = models.SlugField(_("identificador"), max_length=40)
    kind = models.CharField(_("tipo"), max_length=6, choices=StayKind, default=StayKind.PERIOD)
    minutes = models.PositiveSmallIntegerField(
        _("minutos"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(DAY_MINUTES)],
        help_text=_("Só para períodos: 120 são 2 horas."),
    )
    starts_at = models.TimeField(_("entrada a partir de"), null=True, blank=True)
    latest_entry_at = models.TimeField(
        _("última entrada antes de"),
        null=True,
        blank=True,
        help_text=_("Vazio: pode-se entrar até a hora da saída."),
    )
    ends_at = models.TimeField(_("saída até"), null=True, blank=True)
    tolerance_minutes = models.PositiveSmallIntegerField(
        _("tolerância em minutos"),
        default=0,
        validators=[MaxValueValidator(DAY_MINUTES)],
        help_text=_("Depois do fim, sem cobrar."),
    )
    position = models.PositiveSmallIntegerField(_("ordem"), default=0)

    class Meta:
        verbose_name = _("permanência")
        verbose_name_plural = _("permanências")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "property", "slug"], name="suites_stay_slug"),
            models.CheckConstraint(
                condition=models.Q(kind=StayKind.PERIOD, minutes__gt=0)
                | models.Q(kind=StayKind.WINDOW, starts_at__isnull=False, ends_at__isnull=False),
                name="suites_stay_shape",
                violation_error_message=_(
                    "Um período precisa de minutos; uma janela, dos horários de entrada e saída."
                ),
            ),
        ]

    def __str__(self) -> str:
        if self.kind == StayKind.WINDOW:
            return f"{_('Pernoite')} {self.hours()}".strip()
        hours, minutes = divmod(self.minutes or 0, 60)
        text = ngettext("%d hora", "%d horas", hours) % hours if hours else ""
        return f"{text} {minutes} min".strip() if minutes else text

    def hours(self) -> str:
        """Return the window's local hours: "22:00–12:00"."""
        times = [t for t in (self.starts_at, self.ends_at) if t is not None]
        return "–".join(time_format(t, "H:i") for t in times)

    def clean(self) -> None:
        """Refuse what its kind lacks or cannot have, each at its field."""
        shapes = {StayKind.PERIOD: ("minutes",), StayKind.WINDOW: ("starts_at", "ends_at")}
        needed = shapes[StayKind(self.kind)]
        timed = ("minutes", "starts_at", "ends_at", "latest_entry_at")
        allowed = {*needed, *(["latest_entry_at"] if self.kind == StayKind.WINDOW else [])}
        errors = {
            name: _("Um período tem só minutos; uma janela, só horários.")
            for name in timed
            if name not in allowed and getattr(self, name) is not None
        }
        missing = _("Preencha: um período tem minutos; uma janela, entrada e saída.")
        errors |= {name: missing for name in needed if getattr(self, name) is None}
        others = self.prices.exclude(suite_type__property=self.property_id)
        if not self._state.adding and others.exists():
            errors["property"] = _("Tem preços em suítes de outra casa.")
        if self.latest_entry_at and not errors and not self._lets_in(self.latest_entry_at):
            errors["latest_entry_at"] = _("A última entrada fica entre a entrada e a saída.")
        if errors:
            raise ValidationError(errors)

    def _lets_in(self, clock: time) -> bool:
        if self.starts_at is None or self.ends_at is None:
            return False
        is_whole_day = self.starts_at == self.ends_at
        is_inside = is_whole_day or ClockRange(self.starts_at, self.ends_at).holds(clock)
        return (is_inside and clock != self.starts_at) or clock == self.ends_at
