"""Kinds of rooms, and the rooms."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from suites.enums import Accessibility, SuiteState
from suites.models.words import SOURCE_WORDS, Feature
from tenancy.scoped import TenantForeignKey, TenantParentalKey, TenantScoped
from theme.fields import CentavosField


class SuiteType(ClusterableModel, TenantScoped):
    """The kind of room that a guest chooses. What is told of it is on its `SuitePage`."""

    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="suite_types", verbose_name=_("casa")
    )
    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=80)
    capacity = models.PositiveSmallIntegerField(
        _("pessoas"), default=2, validators=[MinValueValidator(1)]
    )
    area_m2 = models.PositiveSmallIntegerField(_("área (m²)"), null=True, blank=True)
    features = models.ManyToManyField(
        Feature,
        through="SuiteTypeFeature",
        related_name="suite_types",
        verbose_name=_("comodidades"),
    )
    included_people = models.PositiveSmallIntegerField(
        _("pessoas no preço"), default=2, validators=[MinValueValidator(1)]
    )
    extra_person_centavos = CentavosField(
        _("pessoa a mais"),
        null=True,
        blank=True,
        help_text=_("Vazio: até a lotação, ninguém paga a mais."),
    )
    extra_hour_centavos = CentavosField(
        _("hora a mais"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Vazio: não se vendem horas a mais."),
    )
    is_step_free = models.BooleanField(Accessibility.STEP_FREE.label, default=False)
    has_wide_doors = models.BooleanField(Accessibility.WIDE_DOORS.label, default=False)
    has_grab_bars = models.BooleanField(Accessibility.GRAB_BARS.label, default=False)
    has_roll_in_shower = models.BooleanField(Accessibility.ROLL_IN_SHOWER.label, default=False)
    has_turning_space = models.BooleanField(Accessibility.TURNING_SPACE.label, default=False)
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

    def clean(self) -> None:
        """Refuse a price for more people than the suite takes."""
        if None in (self.included_people, self.capacity):
            return
        if self.included_people > self.capacity:
            reason = _("No preço cabem no máximo tantas pessoas quantas na suíte.")
            raise ValidationError({"included_people": reason})

    def accessibility(self) -> list[Accessibility]:
        """What of it is made for people who move with difficulty."""
        return [fact for fact in Accessibility if getattr(self, fact.value)]


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
                fields=["tenant", "suite_type", "feature"],
                name="suites_suitetypefeature_once",
                deferrable=models.Deferrable.DEFERRED,  # rows of a form may change places
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
                fields=["tenant", "suite_type", "number"],
                name="suites_suite_number",
                deferrable=models.Deferrable.DEFERRED,  # rows of a form may change places
            ),
        ]

    def __str__(self) -> str:
        return self.number
