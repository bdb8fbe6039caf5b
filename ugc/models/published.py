"""What guests' pages show: made when a submission is published, gone when it is withdrawn."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.scoped import TenantForeignKey, TenantScoped
from ugc.models.submissions import LANGUAGE, MOST_NAME, MOST_WORDS


class GuestPost(TenantScoped):
    """A submission as pages show it: content, unlike the submission, with a version to raise.

    `pictures` are `{"photo": id, "description": …, "files": [[name, width, height], …]}`, narrow
    files first; anybody may read them.
    """

    personal: ClassVar[dict[str, str]] = {
        "words": "showing them",
        "name": "showing it",
        "stay_month": "showing it",
        "pictures": "showing them",
    }

    submission_id = models.UUIDField(editable=False)
    property = TenantForeignKey(
        "tenancy.Property",
        models.CASCADE,
        related_name="guest_posts",
        editable=False,
        verbose_name=_("casa"),
    )
    words = models.TextField(_("palavras"), max_length=MOST_WORDS, blank=True)
    name = models.CharField(_("nome"), max_length=MOST_NAME, blank=True)
    stay_month = models.DateField(_("mês da estadia"), null=True, blank=True)
    language = models.CharField(_("idioma"), max_length=LANGUAGE, editable=False)
    pictures = models.JSONField(default=list, editable=False)
    published_at = models.DateTimeField(_("publicado em"), editable=False)

    class Meta:
        verbose_name = _("publicação de hóspede")
        verbose_name_plural = _("publicações de hóspedes")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "submission_id"], name="ugc_post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.published_at:%Y-%m-%d}"
