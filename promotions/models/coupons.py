"""Coupons: rules only. Codes, counters and uses are operational rows that carry a coupon's id."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from promotions.enums import CouponKind, Scope
from promotions.models.editorial import Editorial
from promotions.models.rules import PromotionRule
from promotions.rules.codes import normalise
from tenancy.scoped import TenantForeignKey, TenantParentalKey, TenantScoped
from theme.fields import CentavosField

AT_LEAST_ONE = [MinValueValidator(1)]


class Coupon(Editorial):
    """Grants a promotion's effect to whoever has a code, within limits.

    An empty limit is none. `identifier` is the registered name of what tells one person from
    another (see `promotions.policies`), "" if nobody is asked.
    """

    slug = models.SlugField(
        _("identificador"),
        max_length=40,
        help_text=_("Letras, números e hífens. As páginas o têm no HTML: não é o código."),
    )
    name = models.CharField(_("nome"), max_length=80, help_text=_("Só a equipe vê."))
    rule = TenantForeignKey(
        PromotionRule, models.RESTRICT, related_name="coupons", verbose_name=_("promoção")
    )
    kind = models.CharField(
        _("códigos"), max_length=6, choices=CouponKind, default=CouponKind.SINGLE
    )
    code = models.CharField(
        _("código"),
        max_length=40,
        blank=True,
        help_text=_("Letras, números e hífens; maiúsculas e minúsculas são iguais."),
        validators=[RegexValidator(r"^[0-9A-Za-z][0-9A-Za-z-]{2,}\Z", _("Só letras e números."))],
    )
    prefix = models.CharField(
        _("prefixo"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Za-z]+\Z", _("Só letras e números."))],
        help_text=_("Do que cada código gerado começa: TERCA-…"),
    )
    starts_at = models.DateTimeField(_("começa em"), null=True, blank=True)
    ends_at = models.DateTimeField(_("termina em"), null=True, blank=True)
    minutes_after_reveal = models.PositiveIntegerField(
        _("vale depois de revelado (minutos)"),
        null=True,
        blank=True,
        validators=AT_LEAST_ONE,
        help_text=_("1440 são 24 horas. Vazio: até o fim do cupom."),
    )
    limit = models.PositiveIntegerField(
        _("usos ao todo"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    limit_per_code = models.PositiveIntegerField(
        _("usos de cada código"),
        null=True,
        blank=True,
        validators=AT_LEAST_ONE,
        help_text=_("Só onde há um código para cada pessoa. Vazio: sem limite."),
    )
    limit_per_property = models.PositiveIntegerField(
        _("usos em cada casa"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    limit_per_day = models.PositiveIntegerField(
        _("usos por dia"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    limit_per_week = models.PositiveIntegerField(
        _("usos por semana"),
        null=True,
        blank=True,
        validators=AT_LEAST_ONE,
        help_text=_("De segunda a domingo."),
    )
    limit_per_month = models.PositiveIntegerField(
        _("usos por mês"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    budget_centavos = CentavosField(_("verba"), null=True, blank=True, validators=AT_LEAST_ONE)
    identifier = models.CharField(_("identificação"), max_length=20, blank=True)
    identifier_scope = models.CharField(
        _("conta a mesma pessoa"), max_length=8, choices=Scope, default=Scope.TENANT
    )
    limit_per_identifier = models.PositiveIntegerField(
        _("usos de cada pessoa"), null=True, blank=True, validators=AT_LEAST_ONE
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("reserva (minutos)"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 60)],
        help_text=_("Por quanto tempo um uso fica guardado para quem o reservou."),
    )
    works_offline = models.BooleanField(
        _("vale sem conexão"),
        default=False,
        help_text=_(
            "A portaria pode usá-lo enquanto a internet falha, poucas vezes, e confere depois: "
            "um uso pode passar do limite ou do horário."
        ),
    )
    tags = models.CharField(
        _("etiquetas"), max_length=200, blank=True, help_text=_("Separadas por vírgulas.")
    )

    class Meta:
        verbose_name = _("cupom")
        verbose_name_plural = _("cupons")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="promotions_coupon_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what contradicts itself, each at its field."""
        super().clean()
        errors = self._errors_of_codes()
        if bool(self.identifier) != bool(self.limit_per_identifier):
            errors["limit_per_identifier"] = _("O limite por pessoa e a identificação vão juntos.")
        if self.works_offline and self.identifier:
            errors["works_offline"] = _("Sem conexão não se sabe quem já usou: tire um dos dois.")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = _("O fim tem de ser depois do começo.")
        if errors:
            raise ValidationError(errors)

    def _errors_of_codes(self) -> dict[str, Any]:
        errors: dict[str, Any] = {}
        if self.kind == CouponKind.SINGLE and not self.code:
            errors["code"] = _("Preencha o código que todos usam.")
        if self.kind == CouponKind.BATCH and self.code:
            errors["code"] = _("Deixe vazio: cada pessoa tem um código próprio.")
        if self.code and normalise(self.code) in normalise(self.slug):
            errors["slug"] = _("Entregaria o código: as páginas têm o identificador no HTML.")
        if self.kind == CouponKind.SINGLE and self.limit_per_code:
            errors["limit_per_code"] = _("Com um código só, use “usos ao todo”.")
        return errors


class CouponProperty(TenantScoped):
    """A property at which a coupon can be used; without any, wherever its promotion holds."""

    coupon = TenantParentalKey(Coupon, on_delete=models.CASCADE, related_name="properties")
    property = TenantForeignKey(
        "tenancy.Property", models.CASCADE, related_name="+", verbose_name=_("casa")
    )

    class Meta:
        verbose_name = _("casa do cupom")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "coupon", "property"],
                name="promotions_couponproperty_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return str(self.property)
