"""What a promotion takes off a price, in whole centavos.

A discount in percent is rounded down to the centavo: never more is given than was promised, and
the guest's price is never a fraction. No discount is more than what it is taken from, so no price
falls below zero, and a set price never makes a stay dearer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from promotions.enums import Effect
from suites.rules.quotes import Item, Line


@dataclass(frozen=True)
class Benefit:
    """What a promotion gives; each effect has its own size, others are None or empty."""

    effect: Effect
    percent: int | None = None
    cap_centavos: int | None = None
    amount_centavos: int | None = None
    price_centavos: int | None = None
    hours: int | None = None
    courtesy: str = ""


@dataclass(frozen=True)
class Bill:
    """What guests would pay: for the stay, for further hours, and for everything else."""

    stay_centavos: int
    extra_hours: int = 0
    extra_hour_centavos: int = 0
    other_centavos: int = 0

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Bill":
        """Return the bill that the lines of a quote add up to."""
        lines = list(lines)
        hours = [line for line in lines if line.item == Item.EXTRA_HOUR]
        stays = [line for line in lines if line.item == Item.STAY]
        rest = [line for line in lines if line not in hours and line not in stays]
        return cls(
            stay_centavos=sum(line.centavos for line in stays),
            extra_hours=sum(line.count for line in hours),
            extra_hour_centavos=hours[0].unit if hours else 0,
            other_centavos=sum(line.centavos for line in rest),
        )

    @property
    def centavos(self) -> int:
        """The whole price."""
        hours = self.extra_hours * self.extra_hour_centavos
        return self.stay_centavos + hours + self.other_centavos


@dataclass(frozen=True)
class Discount:
    """What guests gain: centavos off the bill, hours that cost nothing, and a courtesy.

    Hours that are on the bill are in the centavos, too.
    """

    centavos: int = 0
    hours: int = 0
    courtesy: str = ""

    @property
    def is_nothing(self) -> bool:
        return not (self.centavos or self.hours or self.courtesy)


def discount(benefit: Benefit, bill: Bill) -> Discount:
    """Return what a benefit takes off a bill.

    Percent and amount are of the whole bill, a set price is instead of the stay's, and free hours
    are those of the bill first, at its price of an hour.
    """
    return _EFFECTS[benefit.effect](benefit, bill)


def _percent(benefit: Benefit, bill: Bill) -> Discount:
    taken = bill.centavos * (benefit.percent or 0) // 100
    cap = bill.centavos if benefit.cap_centavos is None else benefit.cap_centavos
    return Discount(min(taken, cap, bill.centavos))


def _amount(benefit: Benefit, bill: Bill) -> Discount:
    return Discount(min(benefit.amount_centavos or 0, bill.centavos))


def _set_price(benefit: Benefit, bill: Bill) -> Discount:
    price = bill.stay_centavos if benefit.price_centavos is None else benefit.price_centavos
    return Discount(max(0, bill.stay_centavos - price))


def _extra_hours(benefit: Benefit, bill: Bill) -> Discount:
    hours = benefit.hours or 0
    return Discount(min(hours, bill.extra_hours) * bill.extra_hour_centavos, hours=hours)


def _courtesy(benefit: Benefit, bill: Bill) -> Discount:
    return Discount(courtesy=benefit.courtesy)


_EFFECTS: dict[Effect, Callable[[Benefit, Bill], Discount]] = {
    Effect.PERCENT: _percent,
    Effect.AMOUNT: _amount,
    Effect.SET_PRICE: _set_price,
    Effect.EXTRA_HOURS: _extra_hours,
    Effect.COURTESY: _courtesy,
}
