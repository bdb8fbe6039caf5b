"""What the house answers, before it is sent: drafted, submitted, approved."""

from typing import Any, ClassVar

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    Workflow,
    WorkflowMixin,
)

from reviews.models.reviews import Review
from reviews.rules.replies import bytes_over
from tenancy.scoped import TenantOneToOneField, TenantScoped


def fits_google(text: str) -> None:
    """Refuse a text that is too long for Google, which counts bytes."""
    if over := bytes_over(text):
        raise ValidationError(
            gettext(
                "Longa demais para o Google: sobram %(over)s bytes "
                "(letras com acento contam 2, emojis 4 ou mais)."
            ),
            params={"over": over},
        )


class Reply(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TenantScoped):
    """A reply as the house writes it; published, it is sent. How far it is stands in the review."""

    personal: ClassVar[dict[str, str]] = {"text": "answering what was said, at times by name"}

    review = TenantOneToOneField(
        Review, models.CASCADE, related_name="reply", verbose_name=_("avaliação")
    )
    text = models.TextField(_("resposta"), validators=[fits_google])

    class Meta:
        verbose_name = _("resposta")
        verbose_name_plural = _("respostas")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "review"], name="reviews_reply_once"),
        ]

    def __str__(self) -> str:
        # In logs and messages, which outlive what was said: nothing of it.
        return gettext("Resposta à avaliação %s") % (self.review if self.review_id else "—")

    @property
    @display(description=_("Resposta"))
    def beginning(self) -> str:
        """The beginning of the reply, for lists."""
        return Truncator(self.text).chars(60)

    def clean(self) -> None:
        """Refuse what nobody can send, and to answer another review than at first.

        Google would keep the words under the first one, where nobody could take them back.
        """
        super().clean()
        saved = Reply.objects.filter(pk=self.pk)
        if self.review_id and saved.exclude(review=self.review_id).exists():
            raise ValidationError(gettext("Uma resposta não passa a outra avaliação."))
        if self.review_id and not self.review.is_answerable:
            raise ValidationError(
                gettext("Esta avaliação não está no Google: não há como responder.")
            )

    @classmethod
    def get_default_workflow(cls) -> Workflow | None:
        """Return the workflow of the tenant's pages.

        Wagtail's own table ties a model to one workflow for the whole installation.
        """
        found: Any = Workflow.objects.filter(active=True, workflow_pages__isnull=False)
        return found.order_by("pk").first()


class ReplyTemplate(TenantScoped):
    """Words with which a reply may begin."""

    is_operational = True
    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField(_("nome"), max_length=60)
    text = models.TextField(_("texto"), validators=[fits_google])

    class Meta:
        verbose_name = _("modelo de resposta")
        verbose_name_plural = _("modelos de resposta")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="reviews_template_name"),
        ]

    def __str__(self) -> str:
        return self.name
