"""Choices of the privacy models, and their named groups."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What a key is for; the key service is told it, and writes it down."""

    CPF = "cpf", "CPF"


class KeyState(TextChoices):
    """Whether what a key sealed is still readable, and whether it seals what is new."""

    CURRENT = "current", _("Em uso")
    OLD = "old", _("Sendo trocada")
    RETIRED = "retired", _("Trocada")
    SHREDDED = "shredded", _("Destruída")


READABLE = (KeyState.CURRENT, KeyState.OLD)
