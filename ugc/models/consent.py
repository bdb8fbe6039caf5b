"""What people agreed to, word for word, and when they took it back; rows are only ever added."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.rls import AppendOnlyPolicy
from tenancy.scoped import TenantScoped
from ugc.enums import Channel, Party, Purpose


class ConsentText(TenantScoped):
    """A wording that was shown to somebody. `digest` is the SHA-256 of its text."""

    policy = AppendOnlyPolicy
    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    purpose = models.CharField(_("finalidade"), max_length=10, choices=Purpose, editable=False)
    language = models.CharField(_("idioma"), max_length=10, editable=False)
    version = models.PositiveIntegerField(_("versão"), editable=False)
    text = models.TextField(_("texto"), editable=False)
    digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("desde"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("texto de consentimento")
        verbose_name_plural = _("textos de consentimento")
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "purpose", "language", "version"], name="ugc_consenttext_version"
            ),
            models.UniqueConstraint(
                fields=["tenant", "purpose", "language", "digest"], name="ugc_consenttext_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.language} {self.version}"


class Consent(TenantScoped):
    """That somebody agreed, or took it back: the receipt, which tells nothing of who they are.

    It outlives the submission: what is left then says that there was one, and when it went.
    """

    policy = AppendOnlyPolicy
    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "submission_id": "proving that somebody agreed",
    }

    submission_id = models.UUIDField(editable=False)
    party = models.CharField(_("quem"), max_length=7, choices=Party, editable=False)
    purpose = models.CharField(_("finalidade"), max_length=10, choices=Purpose, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    is_given = models.BooleanField(_("consente"), editable=False)
    channel = models.CharField(_("por onde"), max_length=7, choices=Channel, editable=False)
    at = models.DateTimeField(_("quando"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("consentimento")
        verbose_name_plural = _("consentimentos")
        ordering = ["at"]
        indexes = [models.Index(fields=["tenant", "submission_id", "at"], name="ugc_consent_of")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.at:%Y-%m-%d %H:%M}"
