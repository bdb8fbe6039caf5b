"""Choices of promotions and coupons."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Effect(TextChoices):
    """What a promotion gives; `PromotionRule` has a field for each one's size."""

    PERCENT = "percent", _("Desconto em por cento")
    AMOUNT = "amount", _("Desconto em reais")
    SET_PRICE = "set_price", _("Preço fixo")
    EXTRA_HOURS = "extra_hours", _("Horas a mais sem pagar")
    COURTESY = "courtesy", _("Cortesia")


class Holidays(TextChoices):
    """On which days a window is open, as far as holidays go."""

    ANY = "any", _("Com ou sem feriado")
    EXCEPT_HOLIDAYS = "except_holidays", _("Menos em feriados")
    EXCEPT_BOTH = "except_both", _("Menos em feriados e vésperas")
    ONLY_HOLIDAYS = "only_holidays", _("Só em feriados")
    ONLY_EVES = "only_eves", _("Só em vésperas de feriado")


class Stacking(TextChoices):
    """With which other promotions one may be combined."""

    EXCLUSIVE = "exclusive", _("Com nenhuma outra")
    GROUP = "group", _("Uma de cada grupo")
    FREE = "free", _("Com qualquer outra")


class CouponKind(TextChoices):
    """How many codes a coupon has."""

    SINGLE = "single", _("Um código para todos")
    BATCH = "batch", _("Um código para cada pessoa")


class Scope(TextChoices):
    """Where uses of the same person are counted together."""

    TENANT = "tenant", _("Em todas as casas")
    PROPERTY = "property", _("Em cada casa")


class UseState(TextChoices):
    """Where a use of a coupon stands."""

    HELD = "held", _("Reservado")
    SPENT = "spent", _("Usado")
    CANCELLED = "cancelled", _("Cancelado")
    EXPIRED = "expired", _("Vencido")
    REVERSED = "reversed", _("Estornado")


class Step(TextChoices):
    """What happened to a use: one line of the ledger."""

    HOLD = "hold", _("Reserva")
    COMMIT = "commit", _("Uso")
    CANCEL = "cancel", _("Cancelamento")
    EXPIRE = "expire", _("Vencimento")
    REVERSE = "reverse", _("Estorno")


class BookingState(TextChoices):
    """What became of a guest's wish to come."""

    ASKED = "asked", _("Pedido")
    CONFIRMED = "confirmed", _("Confirmado")
    DECLINED = "declined", _("Recusado")


class OfflineState(TextChoices):
    """What became of a use that was made without a network."""

    RECEIVED = "received", _("Por conferir")
    SPENT = "spent", _("Conferido")
    CONFLICT = "conflict", _("Em conflito")
