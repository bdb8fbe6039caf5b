"""Work that must be done though whoever began it died: files to delete, mail to send."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.scoped import TenantScoped
from ugc.enums import LetterKind
from ugc.models.submissions import LANGUAGE


class DoomedFile(TenantScoped):
    """A file that is to be deleted, at `due_at`; the row goes when the file is gone.

    A file that is being made is doomed in an hour, until something names it: so none is left
    behind by whoever dies meanwhile.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "name": "deleting it",
    }

    submission_id = models.UUIDField(editable=False)
    name = models.CharField(max_length=200, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("arquivo a apagar")
        verbose_name_plural = _("arquivos a apagar")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="ugc_doomed_name"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Letter(TenantScoped):
    """Mail that waits. Address and link are sealed in a box of its own; sent, it is gone.

    What a mail server refused is tried again at `due_at`, later each time.
    """

    is_operational = True
    personal: ClassVar[dict[str, str]] = {
        "sealed": "writing to whoever sent something",
    }

    submission_id = models.UUIDField(editable=False)
    kind = models.CharField(_("carta"), max_length=9, choices=LetterKind, editable=False)
    language = models.CharField(_("idioma"), max_length=LANGUAGE, editable=False)
    sealed = models.BinaryField()
    data_key = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("carta a hóspede")
        verbose_name_plural = _("cartas a hóspedes")
        indexes = [models.Index(fields=["tenant", "submission_id"], name="ugc_letter_of")]

    def __str__(self) -> str:
        return self.get_kind_display()
