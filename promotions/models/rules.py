"""When a promotion is in force, for what, and what it gives."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from promotions.enums import Effect, Holidays, Stacking
from promotions.models.editorial import Editorial
from tenancy.scoped import TenantForeignKey, TenantParentalKey, TenantScoped
from theme.fields import CentavosField

SIZES: dict[str, tuple[str, ...]] = {
    Effect.PERCENT: ("percent",),
    Effect.AMOUNT: ("amount_centavos",),
    Effect.SET_PRICE: ("price_centavos",),
    Effect.EXTRA_HOURS: ("hours",),
    Effect.COURTESY: ("courtesy",),
}
"""The fields that each effect needs."""


class PromotionRule(Editorial):
    """What a promotion gives, when and for what; nothing named means everything.

    Pages tell of it, coupons grant it; one that is automatic needs no code. Amounts are in
    centavos, spans of time in minutes.
    """

    slug = models.SlugField(_("identificador"), max_length=100)
    name = models.CharField(_("nome"), max_length=80, help_text=_("Só a equipe vê."))
    starts_at = models.DateTimeField(
        _("começa em"), null=True, blank=True, help_text=_("Vazio: já está valendo.")
    )
    ends_at = models.DateTimeField(
        _("termina em"), null=True, blank=True, help_text=_("Vazio: sem data para acabar.")
    )
    effect = models.CharField(_("o que dá"), max_length=11, choices=Effect, default=Effect.PERCENT)
    percent = models.PositiveSmallIntegerField(
        _("por cento"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    cap_centavos = CentavosField(
        _("desconto de no máximo"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Só para descontos em por cento. Vazio: sem teto."),
    )
    amount_centavos = CentavosField(
        _("desconto"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    price_centavos = CentavosField(_("preço fixo"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("horas"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    courtesy = models.CharField(_("cortesia"), max_length=120, blank=True)
    courtesy_en = models.CharField(_("cortesia em inglês"), max_length=120, blank=True)
    courtesy_es = models.CharField(_("cortesia em espanhol"), max_length=120, blank=True)
    min_minutes = models.PositiveSmallIntegerField(
        _("permanência de ao menos (minutos)"), null=True, blank=True
    )
    min_centavos = CentavosField(_("gasto de ao menos"), null=True, blank=True)
    lead_minutes = models.PositiveIntegerField(
        _("antecedência de ao menos (minutos)"),
        null=True,
        blank=True,
        help_text=_("Entre a reserva e a chegada. Vazio: nenhuma."),
    )
    lead_minutes_max = models.PositiveIntegerField(
        _("antecedência de no máximo (minutos)"), null=True, blank=True
    )
    budget_centavos = CentavosField(
        _("verba"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Quanto se dá de desconto ao todo. Vazio: sem limite."),
    )
    conditions = models.JSONField(
        _("outras condições"), default=dict, blank=True, encoder=DjangoJSONEncoder, editable=False
    )
    is_automatic = models.BooleanField(
        _("vale sem código"), default=False, help_text=_("Desmarcado: só com cupom.")
    )
    stacking = models.CharField(
        _("combina"), max_length=9, choices=Stacking, default=Stacking.EXCLUSIVE
    )
    stacking_group = models.SlugField(
        _("grupo"), max_length=40, blank=True, help_text=_("De cada grupo vale uma só.")
    )

    class Meta:
        verbose_name = _("regra de promoção")
        verbose_name_plural = _("regras de promoções")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="promotions_rule_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what contradicts itself, each at its field."""
        super().clean()
        errors: dict[str, Any] = {
            name: _("Preencha: é o tamanho do que a promoção dá.")
            for name in SIZES.get(self.effect, ())
            if getattr(self, name) in (None, "")
        }
        others = {
            name for effect, names in SIZES.items() if effect != self.effect for name in names
        }
        if self.effect != Effect.PERCENT:
            others.add("cap_centavos")
        stray = _("Deixe vazio: não faz parte do que a promoção dá.")
        errors |= {name: stray for name in others if getattr(self, name) not in (None, "")}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("O fim tem de ser depois do começo.")
        lead, most = self.lead_minutes, self.lead_minutes_max
        if lead is not None and most is not None and most < lead:
            errors["lead_minutes_max"] = _("Não pode ser menor que a antecedência mínima.")
        if (self.stacking == Stacking.GROUP) != bool(self.stacking_group):
            errors["stacking_group"] = _("O grupo e “Uma de cada grupo” vão juntos.")
        if errors:
            raise ValidationError(errors)


class PromotionWindow(TenantScoped):
    """Hours of some weekdays in which a promotion is in force; without any, it always is.

    Hours may pass midnight: they are then of the day on which they begin.
    """

    WEEKDAYS: ClassVar[tuple[str, ...]] = (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    )

    rule = TenantParentalKey(PromotionRule, on_delete=models.CASCADE, related_name="windows")
    monday = models.BooleanField(_("segunda"), default=True)
    tuesday = models.BooleanField(_("terça"), default=True)
    wednesday = models.BooleanField(_("quarta"), default=True)
    thursday = models.BooleanField(_("quinta"), default=True)
    friday = models.BooleanField(_("sexta"), default=True)
    saturday = models.BooleanField(_("sábado"), default=True)
    sunday = models.BooleanField(_("domingo"), default=True)
    starts_at = models.TimeField(_("das"), null=True, blank=True)
    ends_at = models.TimeField(
        _("às"),
        null=True,
        blank=True,
        help_text=_("Pode passar da meia-noite. Vazios: o dia todo."),
    )
    holidays = models.CharField(
        _("feriados"), max_length=15, choices=Holidays, default=Holidays.ANY
    )

    class Meta:
        verbose_name = _("horário da promoção")
        verbose_name_plural = _("horários da promoção")

    def __str__(self) -> str:
        return f"{self.starts_at}–{self.ends_at}"

    def clean(self) -> None:
        """Refuse hours with one end, and a window without a day."""
        errors: dict[str, Any] = {}
        if (self.starts_at is None) != (self.ends_at is None):
            errors["ends_at"] = _("O horário tem começo e fim.")
        elif self.starts_at is not None and self.starts_at == self.ends_at:
            errors["ends_at"] = _("O horário não pode terminar quando começa.")
        if not any(getattr(self, name) for name in self.WEEKDAYS):
            errors["monday"] = _("Marque ao menos um dia.")
        if errors:
            raise ValidationError(errors)


class PromotionRuleProperty(TenantScoped):
    """A property for which a promotion holds."""

    rule = TenantParentalKey(PromotionRule, on_delete=models.CASCADE, related_name="properties")
    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="+", verbose_name=_("casa")
    )

    class Meta:
        verbose_name = _("casa da promoção")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rule", "property"],
                name="promotions_ruleproperty_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return str(self.property)


class PromotionRuleSuiteType(TenantScoped):
    """A suite type for which a promotion holds."""

    rule = TenantParentalKey(PromotionRule, on_delete=models.CASCADE, related_name="suite_types")
    suite_type = TenantForeignKey(
        "suites.SuiteType", models.CASCADE, related_name="+", verbose_name=_("tipo de suíte")
    )

    class Meta:
        verbose_name = _("suíte da regra")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rule", "suite_type"],
                name="promotions_rulesuitetype_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return str(self.suite_type)


class PromotionRuleStay(TenantScoped):
    """A stay for which a promotion holds."""

    rule = TenantParentalKey(PromotionRule, on_delete=models.CASCADE, related_name="stays")
    stay = TenantForeignKey(
        "suites.Stay", models.CASCADE, related_name="+", verbose_name=_("permanência")
    )

    class Meta:
        verbose_name = _("permanência da regra")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rule", "stay"],
                name="promotions_rulestay_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return str(self.stay)
