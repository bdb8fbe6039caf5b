"""All prices of a suite type as a table: what each stay costs on each class of days."""

from dataclasses import dataclass
from datetime import date, datetime

from suites.enums import ORDINARY_DAYS, DayClass
from suites.rules.calendars import DAY, OwnDay
from suites.rules.stays import Stay
from suites.rules.tariffs import FALLBACKS, Price, Tariff, until_certain

Cell = tuple[Price, ...]
"""The prices of a stay on some days; the first that holds at the time of arrival counts."""


@dataclass(frozen=True)
class Row:
    """A stay's prices, in the order of the table's classes of days; empty where it is not sold."""

    stay: Stay
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SpecialRows:
    """The prices of a special day: only of the stays that it changes."""

    day: OwnDay
    date: date
    rows: tuple[tuple[Stay, Cell], ...]


@dataclass(frozen=True)
class Table:
    """The prices that stand on a date. `valid_until` is the last date on which all of them do."""

    on: date
    day_classes: tuple[DayClass, ...]
    rows: tuple[Row, ...]
    specials: tuple[SpecialRows, ...]
    valid_until: date | None = None

    def __bool__(self) -> bool:
        return bool(self.rows or self.specials)

    @property
    def starting_price(self) -> int | None:
        """The lowest price of an ordinary day, or of other days that are not special."""
        columns = [i for i, each in enumerate(self.day_classes) if each in ORDINARY_DAYS]
        ordinary = [p.centavos for row in self.rows for i in columns for p in row.cells[i]]
        regular = [p.centavos for row in self.rows for cell in row.cells for p in cell]
        return min(ordinary or regular, default=None)


def price_table(tariff: Tariff, *, on: date) -> Table:
    """Return the prices that stand on a date, and those of special days to come."""
    classes = _classes(tariff, on)
    rows = [Row(stay, tuple(_cell(tariff, stay, c, on) for c in classes)) for stay in tariff.stays]
    dates = [each for p in tariff.prices for each in (p.valid_from, p.ends_on)]
    later = [each for each in dates if each and each > on]
    return Table(
        on=on,
        day_classes=classes,
        rows=tuple(row for row in rows if any(row.cells)),
        specials=_specials(tariff, on),
        valid_until=min(later) - DAY if later else None,
    )


def today(tariff: Tariff, at: datetime) -> date:
    """Return the property's date at an instant."""
    return tariff.calendar.local(at).date()


def _classes(tariff: Tariff, on: date) -> tuple[DayClass, ...]:
    """Return one column for all days, or weekdays, weekend and what has prices of its own."""
    used = {
        day_class
        for stay in tariff.stays
        for day_class in DayClass
        if tariff.standing((stay.key, day_class, None), on)
    }
    if used <= {DayClass.ANY}:
        return tuple(used)
    shown = used - {DayClass.ANY} | {DayClass.WEEKDAY, DayClass.WEEKEND}
    return tuple(day_class for day_class in DayClass if day_class in shown)


def _cell(tariff: Tariff, stay: Stay, day_class: DayClass, on: date) -> Cell:
    slots = [(stay.key, each, None) for each in FALLBACKS[day_class]]
    return tuple(until_certain([p for slot in slots for p in tariff.standing(slot, on)]))


def _specials(tariff: Tariff, on: date) -> tuple[SpecialRows, ...]:
    found = []
    for day in tariff.calendar.days:
        when = day.next_on(on)
        if when is None:
            continue
        rows = [(stay, _special_cell(tariff, stay, day, when)) for stay in tariff.stays]
        sold = tuple((stay, cell) for stay, cell in rows if cell)
        if sold:
            found.append(SpecialRows(day, when, sold))
    return tuple(sorted(found, key=lambda special: special.date))


def _special_cell(tariff: Tariff, stay: Stay, day: OwnDay, when: date) -> Cell:
    return tariff.standing((stay.key, DayClass.SPECIAL, day.key), when)
