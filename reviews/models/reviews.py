"""What guests said, and what of it is shown."""

from datetime import date
from typing import ClassVar

from django.contrib.admin import display
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.enums import Erasure, Problem, Refusal, Sending, Source, Stars
from reviews.models.locations import Location
from reviews.rules.replies import is_among
from tenancy.models import Property
from tenancy.scoped import TenantForeignKey, TenantManager, TenantQuerySet, TenantScoped


class ReviewQuerySet(TenantQuerySet):
    """Reviews, by what may be done with them."""

    def showable(self) -> "ReviewQuerySet":
        """Return those that guests may see while their content is kept."""
        return self.there().filter(is_hidden=False)

    def hidden(self) -> "ReviewQuerySet":
        """Return those that guests would see, had the house not hidden them."""
        return self.there().filter(is_hidden=True)

    def there(self) -> "ReviewQuerySet":
        """Return those that their source still has, with a rating that we know."""
        return self.filter(stars__gt=0, absences=0, erasure=Erasure.NONE)


class Review(TenantScoped):
    """A review as its source had it when it was last seen, and what the house decided of it.

    `key` is Google's own id, which stays when a location moves; `name` does not. Text, name and
    reply are kept until `content_expires_at`, or until the review is gone: what is left then says
    that there was one. Those of a file have no such date.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("author", "original", "translation", "raw", "media"), "showing what was said"
        ),
        **dict.fromkeys(("reply_original", "reply_translation", "reply_raw"), "the house's answer"),
        "sending_text": "sending the house's answer",
    }

    location = TenantForeignKey(Location, models.CASCADE, related_name="reviews")
    key = models.CharField(max_length=200, editable=False)
    name = models.CharField(max_length=300, blank=True, editable=False)
    stars = models.PositiveSmallIntegerField(
        _("nota"), choices=Stars, validators=[MaxValueValidator(5)], editable=False
    )
    rating = models.CharField(max_length=40, blank=True, editable=False)
    original = models.TextField(_("texto"), blank=True, editable=False)
    translation = models.TextField(_("tradução do Google"), blank=True, editable=False)
    raw = models.TextField(blank=True, editable=False)
    author = models.CharField(_("autor"), max_length=200, blank=True, editable=False)
    is_anonymous = models.BooleanField(default=False, editable=False)
    written_at = models.DateTimeField(_("escrita em"), editable=False)
    changed_at = models.DateTimeField(_("mudada em"), editable=False)
    media = models.JSONField(default=list, editable=False)

    reply_original = models.TextField(_("resposta"), blank=True, editable=False)
    reply_translation = models.TextField(blank=True, editable=False)
    reply_raw = models.TextField(blank=True, editable=False)
    reply_at = models.DateTimeField(_("respondida em"), null=True, editable=False)
    reply_state = models.CharField(max_length=40, blank=True, editable=False)
    reply_violation = models.CharField(max_length=80, blank=True, editable=False)

    sending = models.CharField(
        _("resposta da casa"),
        max_length=11,
        choices=Sending,
        default=Sending.NONE,
        blank=True,
        editable=False,
    )
    sending_text = models.TextField(blank=True, editable=False)
    sending_since = models.DateTimeField(null=True, editable=False)
    # When the next step is due, if there is one; until when somebody is at it.
    sending_at = models.DateTimeField(null=True, editable=False)
    sending_leased_until = models.DateTimeField(null=True, editable=False)
    # Digests of all words that may have reached Google, the last ones last.
    sending_digests = models.JSONField(default=list, editable=False)
    sending_problem = models.CharField(max_length=80, blank=True, editable=False)

    first_seen_at = models.DateTimeField(editable=False)
    last_seen_at = models.DateTimeField(_("vista em"), editable=False)
    content_expires_at = models.DateTimeField(_("guardada até"), null=True, editable=False)
    # Complete sweeps in a row that did not find it.
    absences = models.PositiveSmallIntegerField(default=0, editable=False)
    erasure = models.CharField(
        _("apagada"), max_length=7, choices=Erasure, default=Erasure.NONE, blank=True
    )

    is_hidden = models.BooleanField(_("oculta"), default=False)
    is_featured = models.BooleanField(_("em destaque"), default=False)
    tags = models.CharField(_("etiquetas"), max_length=200, blank=True)

    objects: ClassVar[TenantManager] = TenantManager.from_queryset(ReviewQuerySet)()

    class Meta:
        verbose_name = _("avaliação")
        verbose_name_plural = _("avaliações")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "location", "key"], name="reviews_review_key"
            ),
            models.CheckConstraint(
                condition=Q(erasure="")
                | Q(original="", translation="", raw="", author="", reply_original="", media=[])
                & Q(sending_text=""),
                name="reviews_review_erased",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "location", "-changed_at"], name="reviews_review_recent"
            ),
            models.Index(
                fields=["tenant", "content_expires_at"],
                condition=Q(erasure=""),
                name="reviews_review_expiry",
            ),
            models.Index(
                fields=["tenant", "sending_at"],
                condition=Q(sending_at__isnull=False),
                name="reviews_review_sending",
            ),
        ]

    def __str__(self) -> str:
        return self.said_on(localtime(self.written_at))

    def said_on(self, day: date) -> str:
        """Return how many stars it gives, and when it was said."""
        return f"{self.get_stars_display()} {day:%Y-%m-%d}"

    @property
    @display(description=_("Texto"))
    def beginning(self) -> str:
        """The beginning of what was said, or why there is nothing."""
        if self.is_away:
            why = self.get_erasure_display() if self.erasure else gettext("Sumiu no Google")
            return f"({why})"
        return Truncator(self.original).chars(90) or "—"

    @property
    def is_answerable(self) -> bool:
        """Whether a reply can be sent to where it was said."""
        return self.location.source == Source.GOOGLE and not self.erasure

    @property
    def sending_reason(self) -> str:
        """What is to be said of the state, as an editor reads it; else Google's own word."""
        if self.sending == Sending.WAITING and not self.sending_problem and self.is_answered_else:
            return gettext("por ora o Google mostra outras palavras")
        reasons = {str(each.value): str(each.label) for each in (*Refusal, *Problem) if each}
        return reasons.get(self.sending_problem, self.sending_problem)

    @property
    def way(self) -> str:
        """How far the house's reply is on its way, and what is to be said of that."""
        state = str(self.get_sending_display())
        return f"{state} ({self.sending_reason})" if self.sending_reason else state

    @property
    def answers(self) -> tuple[str, ...]:
        """The words of the reply that Google has, with and without a translation."""
        return tuple(each for each in (self.reply_original, self.reply_raw) if each)

    @property
    def is_answered_else(self) -> bool:
        """Whether Google has other words than those that the house sends."""
        return bool(self.answers) and not is_among(self.sending_text, self.answers)

    @property
    def is_away(self) -> bool:
        """Whether it was missed, or its content is no longer kept."""
        return bool(self.absences or self.erasure)


class ReviewSummary(TenantScoped):
    """What guests may see of a property's reviews, in short: one row for each source.

    Reviews are operational, so this is the row that counts as content (`tenancy.content`): it is
    written when something changed that a page may show, and only then.
    """

    property = TenantForeignKey(Property, models.CASCADE, related_name="review_summaries")
    source = models.CharField(_("origem"), max_length=6, choices=Source)
    average = models.DecimalField(_("média"), max_digits=3, decimal_places=2, null=True)
    total = models.PositiveIntegerField(_("avaliações"), default=0)
    maps_url = models.URLField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("resumo de avaliações")
        verbose_name_plural = _("resumos de avaliações")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "property", "source"], name="reviews_summary_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.total}"
