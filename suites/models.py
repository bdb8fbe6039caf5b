"""Room types, what they cost by stay and day, and the pages that show them."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.models import ClusterableModel
from wagtail.models import TranslatableMixin

from suites.enums import DayClass, StayKind, SuiteState
from suites.pages import SuiteIndexPage, SuitePage, SuitePhoto  # noqa: F401 (models, too)
from tenancy.scoped import TenantForeignKey, TenantParentalKey, TenantScoped

LEAP_YEAR = 2000
"""Stands for any year: it has every day."""
SOURCE_WORDS = {"locale__language_code": settings.LANGUAGE_CODE}
"""Rows refer to the words of the main language; readers find the translations."""


class Feature(TranslatableMixin, TenantScoped):
    """Something that a suite type has, from the tenant's own vocabulary: sauna, a pool."""

    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=60)
    icon = models.SlugField(_("ícone"), max_length=30, blank=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("comodidade")
        verbose_name_plural = _("comodidades")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "slug", "locale"], name="suites_feature_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Inclusion(TranslatableMixin, TenantScoped):
    """Something that a price includes: breakfast, a kit, a dish for two."""

    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=80)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("cortesia")
        verbose_name_plural = _("cortesias")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "slug", "locale"], name="suites_inclusion_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stay(TenantScoped):
    """What is sold: a period of minutes, or a window of local time that may pass midnight."""

    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="stays", verbose_name=_("motel")
    )
    slug = models.SlugField(_("identificador"), max_length=40)
    kind = models.CharField(_("tipo"), max_length=6, choices=StayKind, default=StayKind.PERIOD)
    minutes = models.PositiveSmallIntegerField(_("minutos"), null=True, blank=True)
    starts_at = models.TimeField(_("entrada a partir de"), null=True, blank=True)
    ends_at = models.TimeField(_("saída até"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("ordem"), default=0)

    class Meta:
        verbose_name = _("permanência")
        verbose_name_plural = _("permanências")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "property", "slug"], name="suites_stay_slug"),
            models.CheckConstraint(
                condition=models.Q(kind=StayKind.PERIOD, minutes__gt=0)
                | models.Q(kind=StayKind.WINDOW, starts_at__isnull=False),
                name="suites_stay_shape",
                violation_error_message=_(
                    "Um período precisa de minutos; uma janela, do horário de entrada."
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
        """Return the window's local hours: "22:00–12:00", or "22:00" without an end."""
        times = [t for t in (self.starts_at, self.ends_at) if t is not None]
        return "–".join(time_format(t, "H:i") for t in times)


class SpecialDay(TenantScoped):
    """A day of the property's calendar with prices of its own; yearly unless it has a year."""

    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="special_days", verbose_name=_("motel")
    )
    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=80)
    month = models.PositiveSmallIntegerField(
        _("mês"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    day = models.PositiveSmallIntegerField(
        _("dia"), validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    year = models.PositiveSmallIntegerField(_("ano"), null=True, blank=True)

    class Meta:
        verbose_name = _("data especial")
        verbose_name_plural = _("datas especiais")
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
        if None in (self.day, self.month):
            return
        try:
            self.as_date()
        except ValueError as error:
            raise ValidationError({"day": _("Este dia não existe neste mês.")}) from error


class SuiteType(ClusterableModel, TenantScoped):
    """The kind of room that a guest chooses. What is told of it is on its `SuitePage`."""

    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="suite_types", verbose_name=_("motel")
    )
    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=80)
    capacity = models.PositiveSmallIntegerField(_("pessoas"), default=2)
    area_m2 = models.PositiveSmallIntegerField(_("área (m²)"), null=True, blank=True)
    features = models.ManyToManyField(
        Feature,
        through="SuiteTypeFeature",
        related_name="suite_types",
        verbose_name=_("comodidades"),
    )
    position = models.PositiveSmallIntegerField(_("ordem"), default=0)

    class Meta:
        verbose_name = _("tipo de suíte")
        verbose_name_plural = _("tipos de suíte")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "property", "slug"], name="suites_suitetype_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SuiteTypeFeature(TenantScoped):
    """A feature of a suite type."""

    suite_type = TenantParentalKey(
        SuiteType, on_delete=models.CASCADE, related_name="suite_type_features"
    )
    feature = TenantForeignKey(
        Feature,
        models.CASCADE,
        related_name="+",
        limit_choices_to=SOURCE_WORDS,
        verbose_name=_("comodidade"),
    )

    class Meta:
        verbose_name = _("comodidade da suíte")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "suite_type", "feature"], name="suites_suitetypefeature_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.feature)


class Suite(TenantScoped):
    """A numbered unit of a suite type."""

    suite_type = TenantParentalKey(
        SuiteType, on_delete=models.CASCADE, related_name="suites", verbose_name=_("tipo de suíte")
    )
    number = models.CharField(_("número"), max_length=10)
    state = models.CharField(
        _("situação"), max_length=12, choices=SuiteState, default=SuiteState.OPEN
    )

    class Meta:
        verbose_name = _("suíte")
        verbose_name_plural = _("suítes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "suite_type", "number"], name="suites_suite_number"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StayPrice(TenantScoped):
    """What a stay in a suite type costs, in centavos, on a class of days or on one special day."""

    suite_type = TenantParentalKey(SuiteType, on_delete=models.CASCADE, related_name="prices")
    stay = TenantForeignKey(
        Stay, models.CASCADE, related_name="prices", verbose_name=_("permanência")
    )
    day_class = models.CharField(_("dias"), max_length=12, choices=DayClass, default=DayClass.ANY)
    special_day = TenantForeignKey(
        SpecialDay,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="prices",
        verbose_name=_("data especial"),
    )
    centavos = models.PositiveIntegerField(_("preço em centavos"))
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
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "suite_type", "stay", "day_class", "special_day"],
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
        ]

    def __str__(self) -> str:
        return f"{self.stay}: {self.centavos / 100:.2f} {self.currency}"


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
