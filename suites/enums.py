"""Choices of the room-type models."""

from django.db.models import IntegerChoices, TextChoices
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


class DayKind(TextChoices):
    """What a day of a property's own calendar is."""

    SPECIAL = "special", _("Data com preços próprios")
    HOLIDAY = "holiday", _("Feriado")
    CLOSED = "closed", _("Fechado")


class Weekday(IntegerChoices):
    """Days of the week, numbered as Python does."""

    MONDAY = 0, _("segunda-feira")
    TUESDAY = 1, _("terça-feira")
    WEDNESDAY = 2, _("quarta-feira")
    THURSDAY = 3, _("quinta-feira")
    FRIDAY = 4, _("sexta-feira")
    SATURDAY = 5, _("sábado")
    SUNDAY = 6, _("domingo")


class Accessibility(TextChoices):
    """What makes a suite usable for people who move with difficulty: fields of `SuiteType`."""

    STEP_FREE = "is_step_free", _("Acesso sem degraus, da garagem à cama")
    WIDE_DOORS = "has_wide_doors", _("Portas com 80 cm ou mais")
    GRAB_BARS = "has_grab_bars", _("Barras de apoio no banheiro")
    ROLL_IN_SHOWER = "has_roll_in_shower", _("Chuveiro sem degrau")
    TURNING_SPACE = "has_turning_space", _("Espaço para girar uma cadeira de rodas")
