"""Choices of the room-type models."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StayKind(TextChoices):
    """How a stay is measured."""

    PERIOD = "period", _("Período")
    WINDOW = "window", _("Janela de horário")


class DayClass(TextChoices):
    """The days on which a price holds."""

    ANY = "any", _("Todos os dias")
    WEEKDAY = "weekday", _("Dias de semana")
    WEEKEND = "weekend", _("Fim de semana")
    HOLIDAY_EVE = "holiday_eve", _("Véspera de feriado")
    HOLIDAY = "holiday", _("Feriado")
    SPECIAL = "special", _("Data especial")


ORDINARY_DAYS = frozenset({DayClass.ANY, DayClass.WEEKDAY})
"""The days whose prices a motel advertises."""


class SuiteState(TextChoices):
    """Whether a suite can be sold."""

    OPEN = "open", _("Disponível")
    MAINTENANCE = "maintenance", _("Em manutenção")
