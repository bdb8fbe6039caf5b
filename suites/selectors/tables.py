"""Price tables as guests read them: the rules' tables, with names."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time

from suites.enums import DayClass
from suites.models import Stay, SuiteType
from suites.rules.calendars import Weekend
from suites.rules.stays import ClockRange
from suites.rules.tables import Cell, SpecialRows
from suites.selectors.offers import Offer


@dataclass(frozen=True)
class Amount:
    """A price in a table: centavos, for which arrivals, and what it includes."""

    key: Hashable
    centavos: int
    arrives: ClockRange | None
    inclusions: list[str]


@dataclass(frozen=True)
class StayRow:
    """A stay's amounts in each column; an empty list where it is not sold."""

    stay: Stay
    day_classes: list[DayClass]
    cells: list[list[Amount]]

    @property
    def columns(self) -> list[tuple[DayClass, list[Amount]]]:
        """The amounts, each with the class of days that heads its column."""
        return list(zip(self.day_classes, self.cells, strict=True))


@dataclass(frozen=True)
class SpecialDayPrices:
    """What a special day changes."""

    name: str
    date: date
    is_yearly: bool
    rows: list[tuple[Stay, list[Amount]]]


@dataclass(frozen=True)
class PriceTable:
    """A suite type's prices, and what explains them."""

    day_classes: list[DayClass]
    rows: list[StayRow]
    specials: list[SpecialDayPrices]
    valid_until: date | None
    weekend: Weekend | None
    eve_from: time | None
    has_holiday_column: bool
    extra_hour_centavos: int | None
    extra_person_centavos: int | None
    people: int
    starting_price: int | None

    def __bool__(self) -> bool:
        return bool(self.rows or self.specials)

    @property
    def tolerances(self) -> list[Stay]:
        """The stays after whose end some minutes are free."""
        return [row.stay for row in self.rows if row.stay.tolerance_minutes]

    @property
    def shared_tolerance(self) -> int:
        """The free minutes after every stay; 0 if there are none, or not as many after each."""
        found = {row.stay.tolerance_minutes for row in self.rows}
        return found.pop() if len(found) == 1 else 0


def price_table(offer: Offer, suite_type: SuiteType, *, at: datetime) -> PriceTable:
    """Return the prices of a suite type that stand on the property's date at an instant."""
    named = ("price table", suite_type.pk)
    return offer.as_of(at, named, lambda: _price_table(offer, suite_type, at))


def _price_table(offer: Offer, suite_type: SuiteType, at: datetime) -> PriceTable:
    tariff, table = offer.tariff(suite_type), offer.table(suite_type, at)
    classes = list(table.day_classes)
    return PriceTable(
        day_classes=classes,
        rows=[
            StayRow(offer.stays[row.stay.key], classes, [_amounts(offer, c) for c in row.cells])
            for row in table.rows
        ],
        specials=[_special(offer, special) for special in table.specials],
        valid_until=table.valid_until,
        weekend=offer.calendar.weekend if DayClass.WEEKEND in classes else None,
        eve_from=offer.calendar.eve_from if DayClass.HOLIDAY_EVE in classes else None,
        has_holiday_column=DayClass.HOLIDAY in classes,
        extra_hour_centavos=tariff.extra_hour_centavos,
        extra_person_centavos=tariff.extra_person_centavos,
        people=tariff.people,
        starting_price=table.starting_price,
    )


def _amounts(offer: Offer, cell: Cell) -> list[Amount]:
    return [Amount(p.key, p.centavos, p.arrives, list(p.inclusions)) for p in cell]


def _special(offer: Offer, special: SpecialRows) -> SpecialDayPrices:
    rows = [(offer.stays[stay.key], _amounts(offer, cell)) for stay, cell in special.rows]
    return SpecialDayPrices(special.day.name, special.date, special.day.year is None, rows)
