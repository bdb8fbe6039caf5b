"""The tenant's own vocabularies, in each language of its sites."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from tenancy.scoped import TenantScoped

SOURCE_WORDS = {"locale__language_code": settings.LANGUAGE_CODE}
"""Rows refer to the words of the main language; readers find the translations."""


class Feature(TranslatableMixin, TenantScoped):
    """Something that a suite type has, from the tenant's own vocabulary: sauna, a pool."""

    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=60)
    icon = models.SlugField(_("ícone"), max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(
        _("ordem"),
        default=0,
        help_text=_("Na lista, uma suíte mostra as quatro primeiras que tem."),
    )

    override_translatable_fields: ClassVar[list[SynchronizedField]] = [
        SynchronizedField("position", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("comodidade")
        verbose_name_plural = _("comodidades")
        ordering = ["position", "name"]
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
