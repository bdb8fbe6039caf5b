"""What guests send in. All that tells of them is erased when it is withdrawn."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.scoped import TenantForeignKey, TenantScoped
from ugc.enums import Company, PhotoState, Problem, Refusal, SubmissionStatus

MOST_WORDS = 600
MOST_NAME = 40
LANGUAGE = 10
DIGEST = 64


class Submission(TenantScoped):
    """Photos, words or both, from somebody who was there.

    `data_key` opens the box (`privacy.boxes`) in which the photos' files and the address in
    `contact` lie. Until `reading_until` a worker reads the photos. `erased_version` is the
    content's after all was gone: once a CDN has been told of it, nobody has anything. Of the secret
    in the guest's link, only a digest is kept; after `ended_at` the link is good for another year.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "words": "publishing them",
        "name": "publishing it, or none",
        "stay_month": "publishing it",
        "contact": "writing to whoever sent it",
        "company": "asking whoever else is in the photos",
    }

    property_id = models.UUIDField(editable=False)
    status = models.CharField(
        _("situação"),
        max_length=9,
        choices=SubmissionStatus,
        default=SubmissionStatus.RECEIVED,
        editable=False,
    )
    words = models.TextField(_("palavras"), max_length=MOST_WORDS, blank=True)
    name = models.CharField(_("nome"), max_length=MOST_NAME, blank=True)
    stay_month = models.DateField(_("mês da estadia"), null=True, blank=True)
    language = models.CharField(_("idioma"), max_length=LANGUAGE, editable=False)
    company = models.CharField(
        _("quem aparece"), max_length=6, choices=Company, default=Company.NOBODY, editable=False
    )
    contact = models.BinaryField(null=True)
    data_key = models.BinaryField(null=True)
    digest = models.CharField(max_length=DIGEST, editable=False)
    refusal = models.CharField(
        _("motivo"), max_length=11, choices=Refusal, blank=True, editable=False
    )
    reading_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("enviado em"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decidido em"), null=True, editable=False)
    decided_by = models.CharField(_("decidido por"), max_length=40, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("retirado em"), null=True, editable=False)
    ended_at = models.DateTimeField(_("encerrado em"), null=True, editable=False)
    erased_at = models.DateTimeField(_("apagado em"), null=True, editable=False)
    erased_version = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("envio de hóspede")
        verbose_name_plural = _("envios de hóspedes")
        ordering = ["created_at"]
        permissions = [("unlock_submission", "Can handle a submission that is locked")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="ugc_submission_digest"),
        ]
        indexes = [
            models.Index(fields=["tenant", "status", "created_at"], name="ugc_submission_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.created_at:%Y-%m-%d %H:%M}"


class SubmissionPhoto(TenantScoped):
    """One photo: sealed files, and where faces and plates are in it.

    `original` is what was sent; once it has been read, the same picture upright, without anything
    beside its pixels; "" after the decision. `previews` are what is shown, with its regions
    blurred, as `[name, width, height]`. All of them are sealed files. `regions` are
    `[left, top, width, height]`, in parts of a thousand of the picture. `detector` found them; ""
    if none could look. Somebody has looked at them at `marked_at`.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "original": "looking at it before it is published",
        "previews": "publishing it",
        "regions": "blurring them",
        "description": "telling those who do not see it",
    }

    submission = TenantForeignKey(Submission, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField(editable=False)
    state = models.CharField(
        _("situação"),
        max_length=8,
        choices=PhotoState,
        default=PhotoState.RECEIVED,
        editable=False,
    )
    problem = models.CharField(
        _("problema"), max_length=8, choices=Problem, blank=True, editable=False
    )
    original = models.CharField(max_length=200, blank=True, editable=False)
    previews = models.JSONField(default=list)
    description = models.CharField(_("o que se vê"), max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    regions = models.JSONField(default=list)
    detector = models.CharField(max_length=40, blank=True, editable=False)
    marked_at = models.DateTimeField(null=True, editable=False)
    marked_by = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("foto de hóspede")
        verbose_name_plural = _("fotos de hóspedes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "submission", "position"], name="ugc_photo_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position + 1}"


class PartnerLink(TenantScoped):
    """The other person in the photos is asked for themselves, by a link that expires."""

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "submission": "asking whoever else is in the photos",
    }

    submission = TenantForeignKey(Submission, models.CASCADE, related_name="partners")
    digest = models.CharField(max_length=DIGEST, editable=False)
    expires_at = models.DateTimeField(_("vale até"), editable=False)
    is_given = models.BooleanField(_("consente"), null=True, editable=False)
    answered_at = models.DateTimeField(_("respondido em"), null=True, editable=False)

    class Meta:
        verbose_name = _("pedido à outra pessoa")
        verbose_name_plural = _("pedidos à outra pessoa")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="ugc_partner_digest"),
            models.UniqueConstraint(fields=["tenant", "submission"], name="ugc_partner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d %H:%M}"
