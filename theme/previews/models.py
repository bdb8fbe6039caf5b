"""Links that show drafts to people without an account."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.scoped import TenantScoped


class PreviewLink(TenantScoped):
    """A way to one draft, as of one instant, for people without an account; it expires."""

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    # Of the token, 256 random bits: whoever reads this table can open nothing.
    digest = models.CharField(max_length=64, editable=False)
    page_id = models.BigIntegerField(editable=False)
    # Without one the page never had a draft, and is shown as it is.
    revision_id = models.BigIntegerField(null=True, editable=False)
    as_of = models.DateTimeField(_("como em"), null=True, editable=False)
    created_by = models.UUIDField(editable=False)
    created_at = models.DateTimeField(_("criado em"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("vale até"), editable=False)
    revoked_at = models.DateTimeField(_("cancelado em"), null=True, editable=False)

    class Meta:
        verbose_name = _("link de prévia")
        verbose_name_plural = _("links de prévia")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="theme_previewlink_digest"),
        ]
        indexes = [models.Index(fields=["tenant", "page_id"], name="theme_previewlink_page")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.expires_at:%Y-%m-%d %H:%M}"
