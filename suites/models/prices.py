"""What stays cost."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from suites.enums import DayClass
from suites.models.calendars import SpecialDay
from suites.models.stays import Stay
from suites.models.suite_types import SuiteType
from suites.models.words import SOURCE_WORDS, Inclusion
from suites.rules.stays import ClockRange
from tenancy.scoped import TenantForeignKey, TenantParentalKey, TenantScoped
from theme.fields import CentavosField
from theme.reais import write_reais


class StayPrice(TenantScoped):
    """What a stay in a suite type costs, in centavos, on a class of days or on one special day."""

    suite_type = TenantParentalKey(SuiteType, on_delete=models.CASCADE, related_name="prices")
    stay = TenantForeignKey(
        Stay, models.RESTRICT, related_name="prices", verbose_name=_("permanência")
    )
    day_class = models.CharField(_("dias"), max_length=12, choices=DayClass, default=DayClass.ANY)
    special_day = TenantForeignKey(
        SpecialDay,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="prices",
        verbose_name=_("data especial"),
    )
    arrives_from = models.TimeField(_("chegada a partir de"), null=True, blank=True)
    arrives_until = models.TimeField(
        _("e antes de"),
        null=True,
        blank=True,
        help_text=_("Pode passar da meia-noite. Vazios: a qualquer hora."),
    )
    valid_from = models.DateField(
        _("vale a partir de"),
        null=True,
        blank=True,
        help_text=_("Substitui, desde esta data, o preço das mesmas chegadas. Vazio: desde hoje."),
    )
    ends_on = models.DateField(
        _("não se vende mais a partir de"), null=True, blank=True, editable=False
    )
    centavos = CentavosField(_("preço em centavos"), validators=[MinValueValidator(1)])
    currency = models.CharField(_("moeda"), max_length=3, default="BRL", editable=False)
    inclusions = models.ManyToManyField(
        Inclusion,
        through="StayPriceInclusion",
        related_name="+",
        blank=True,
        limit_choices_to=SOURCE_WORDS,
        verbose_name=_("cortesias"),
    )

    class Meta:
        verbose_name = _("preço")
        verbose_name_plural = _("preços")
        ordering = ["stay__position", "day_class", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "tenant",
                    "suite_type",
                    "stay",
                    "day_class",
                    "special_day",
                    "valid_from",
                    "arrives_from",
                ],
                condition=models.Q(ends_on__isnull=True),
                name="suites_stayprice_once",
                nulls_distinct=False,
                violation_error_message=_("Já existe um preço para esta permanência e estes dias."),
            ),
            models.CheckConstraint(
                condition=models.Q(day_class=DayClass.SPECIAL, special_day__isnull=False)
                | (~models.Q(day_class=DayClass.SPECIAL) & models.Q(special_day__isnull=True)),
                name="suites_stayprice_special",
                violation_error_message=_("Escolha a data quando os dias são uma data especial."),
            ),
            models.CheckConstraint(
                condition=models.Q(arrives_from__isnull=True, arrives_until__isnull=True)
                | (
                    models.Q(arrives_from__isnull=False, arrives_until__isnull=False)
                    & ~models.Q(arrives_from=models.F("arrives_until"))
                ),
                name="suites_stayprice_arrival",
                violation_error_message=_("A chegada tem começo e fim, um diferente do outro."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay}: R$ {write_reais(self.centavos)}"

    def clean(self) -> None:
        """Refuse halves: a special day without its class, an arrival without its end."""
        errors = {}
        if (self.day_class == DayClass.SPECIAL) != bool(self.special_day_id):
            errors["special_day"] = _("A data e os dias “Data especial” vão juntos.")
        if (self.arrives_from is None) != (self.arrives_until is None):
            errors["arrives_until"] = _("A chegada tem começo e fim.")
        elif self.arrives_from is not None and self.arrives_from == self.arrives_until:
            errors["arrives_until"] = _("A chegada não pode terminar quando começa.")
        if errors:
            raise ValidationError(errors)

    @property
    def arrival(self) -> ClockRange | None:
        """The times of arrival for which it is; None for all."""
        if self.arrives_from is None or self.arrives_until is None:
            return None
        return ClockRange(self.arrives_from, self.arrives_until)


class StayPriceInclusion(TenantScoped):
    """Something that one price includes."""

    price = TenantForeignKey(StayPrice, models.CASCADE, related_name="+")
    inclusion = TenantForeignKey(Inclusion, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("cortesia do preço")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "price", "inclusion"], name="suites_stayinclusion_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.inclusion)
