"""Tenants, their properties and domains, what was done, and (from `people`) who did it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.context import PLATFORM_ID
from tenancy.enums import HostKind, TenantStatus
from tenancy.people import Invitation, Membership, User
from tenancy.rls import IN_SCOPE, THIS_TENANT, AppendOnlyPolicy, Policies
from tenancy.scoped import TenantForeignKey, TenantScoped

__all__ = [
    "ApiToken",
    "AppliedItem",
    "AuditEntry",
    "ContentVersion",
    "Domain",
    "Invitation",
    "Membership",
    "Property",
    "Tenant",
    "User",
]


class Tenant(models.Model):
    """A customer: a company with one house or many. The platform itself is the tenant with id 0.

    A tenant sees its own row, the platform all of them; only the ops role writes.
    """

    slug = models.SlugField(_("identificador"), max_length=40, unique=True)
    name = models.CharField(_("nome"), max_length=100)
    legal_name = models.CharField(_("razão social"), max_length=150, blank=True)
    cnpj = models.CharField("CNPJ", max_length=14, blank=True)
    # Begins the path of every file of the tenant, so that none can be guessed from another's.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(
        _("situação"), max_length=10, choices=TenantStatus, default=TenantStatus.ACTIVE
    )
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("empresa")
        verbose_name_plural = _("empresas")
        ordering = ["slug"]
        constraints = [
            Policies(
                name="tenancy_tenant",
                rules={
                    "own": ("SELECT", f"{IN_SCOPE} IN (id, {PLATFORM_ID})", ""),
                },
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Property(TenantScoped):
    """One house of a tenant: one Wagtail site, a home page per language, and its domains."""

    slug = models.SlugField(_("identificador"), max_length=40)
    name = models.CharField(_("nome"), max_length=100)
    site = models.OneToOneField("wagtailcore.Site", models.PROTECT, related_name="property")
    languages = models.JSONField(_("idiomas"), default=list)
    timezone = models.CharField(_("fuso horário"), max_length=40, default="America/Sao_Paulo")

    class Meta:
        verbose_name = _("casa")
        verbose_name_plural = _("casas")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="tenancy_property_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class Domain(TenantScoped):
    """A host name, normalised (lower case, A-labels, no port), and what it serves.

    The map from host to tenant has to be read before there is a tenant: everybody may
    SELECT (`tenancy.hosts` does), and writes follow the tenant's policy. One domain of a
    property is primary, the others are aliases that redirect to it.
    """

    policy = None  # the rules below instead
    taken = _("Este domínio não está disponível.")  # whoever has it

    property = TenantForeignKey(
        Property,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="domains",
        verbose_name=_("casa"),
    )
    host = models.CharField(
        _("domínio"), max_length=253, help_text=_("Como “www.minhacasa.com.br”, sem https://.")
    )
    kind = models.CharField(
        _("tipo"), max_length=5, choices=HostKind, default=HostKind.GUEST, editable=False
    )
    is_primary = models.BooleanField(
        _("principal"), default=False, help_text=_("Os outros domínios da casa levam a este.")
    )
    # Until an operator has seen that the domain is the tenant's own, it serves nothing.
    verified_at = models.DateTimeField(_("verificado em"), null=True, editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("domínio")
        verbose_name_plural = _("domínios")
        ordering = ["host"]
        constraints = [
            models.UniqueConstraint(
                fields=["host"],
                condition=models.Q(verified_at__isnull=False),
                name="tenancy_domain_host",
            ),
            models.UniqueConstraint(fields=["tenant", "host"], name="tenancy_domain_once"),
            models.UniqueConstraint(
                fields=["tenant", "property"],
                condition=models.Q(is_primary=True, kind=HostKind.GUEST),
                name="tenancy_domain_one_primary",
            ),
            Policies(
                name="tenancy_domain",
                rules={
                    "map": ("SELECT", "true", ""),
                    "add": ("INSERT", "", THIS_TENANT),
                    "change": ("UPDATE", THIS_TENANT, THIS_TENANT),
                    "remove": ("DELETE", THIS_TENANT, ""),
                },
            ),
        ]

    def __str__(self) -> str:
        return self.host


class ApiToken(TenantScoped):
    """A key to one tenant's API; only a digest of its secret is kept."""

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField(_("nome"), max_length=100)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("chave de API")
        verbose_name_plural = _("chaves de API")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="tenancy_apitoken_digest"),
        ]

    def __str__(self) -> str:
        return self.name


class AuditEntry(TenantScoped):
    """What was done, by whom and when. No personal data; rows are only ever added."""

    policy = AppendOnlyPolicy
    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    at = models.DateTimeField(_("quando"), default=timezone.now, editable=False)
    action = models.CharField(_("ação"), max_length=80)
    object = models.CharField(_("objeto"), max_length=200, blank=True)
    actor = models.CharField(_("autor"), max_length=60, blank=True)
    data = models.JSONField(_("detalhes"), default=dict)

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventos")
        ordering = ["-at"]
        indexes = [models.Index(fields=["tenant", "-at"], name="tenancy_audit_at")]

    def __str__(self) -> str:
        return f"{self.action} {self.object}"


class AppliedItem(TenantScoped):
    """What a provisioning file last said of one thing, as a digest.

    With it, a value that people changed since is told from one that the file changed.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    # The key of the row that was made, where the file has no name for it: a picture, a page.
    ref = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("item provisionado")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="tenancy_applieditem_key"),
        ]

    def __str__(self) -> str:
        return self.key


class ContentVersion(TenantScoped):
    """How often what a tenant's guests may see has changed. The database writes it.

    See `tenancy.content`. Every process reads the versions of all tenants, which tell nothing
    of what has changed. `purged_version` is the last one of which the CDN has been told.
    """

    policy = None  # the rules below instead

    version = models.BigIntegerField(editable=False)
    # The transaction, so that a reader can ask for what was committed since it last asked.
    raised_by = models.BigIntegerField(editable=False)
    purged_version = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("versão do conteúdo")
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="tenancy_contentversion_once"),
            Policies(
                name="tenancy_contentversion",
                rules={
                    "all": ("SELECT", "true", ""),
                    "add": ("INSERT", "", THIS_TENANT),
                    "raise": ("UPDATE", THIS_TENANT, THIS_TENANT),
                },
            ),
        ]
        indexes = [models.Index(fields=["raised_by"], name="tenancy_contentversion_by")]

    def __str__(self) -> str:
        return str(self.version)
