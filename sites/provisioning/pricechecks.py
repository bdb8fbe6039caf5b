"""What calendars, stays and prices of a file promise each other."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from sites.provisioning import values
from sites.provisioning.findings import Finding, known, twice
from sites.provisioning.tree import Node
from suites.enums import DayClass, StayKind
from suites.rules.stays import ClockRange

T = TypeVar("T")


def when_findings(house: Node) -> Iterator[Finding]:
    """Find what is wrong with a property's calendar, stays and special days."""
    yield from _calendar(house)
    for stay in house.children("stays"):
        yield from _stay(stay)
    yield from _special_days(house)


def price_findings(suite_type: Node, house: Node, root: Node) -> Iterator[Finding]:
    """Find what is wrong with a suite type's people, and with its prices."""
    people, capacity = (suite_type.table.get(key, 2) for key in ("included_people", "capacity"))
    if type(people) is int and type(capacity) is int and people > capacity:
        key = "included_people" if "included_people" in suite_type.table else "capacity"
        yield suite_type.at(key), _("No preço cabem no máximo tantas pessoas quantas na suíte.")
    prices = list(suite_type.children("prices"))
    for price in prices:
        yield from _price(price, house, root)
    yield from _again(prices)


def _read(read: Callable[[Any], T], node: Node, key: str) -> T | None:
    """Return a value as the schema would; None where it is missing or wrong."""
    try:
        return read(node.table[key])
    except (KeyError, values.NotAccepted):
        return None


def _calendar(house: Node) -> Iterator[Finding]:
    calendar = house.child("calendar") or Node(house.at("calendar"), {})
    written = {"weekend_from": "fri 18:00", "weekend_until": "sun 18:00", **calendar.table}
    both = Node(calendar.path, written)
    starts, ends = (_read(values.week_time, both, f"weekend_{end}") for end in ("from", "until"))
    if starts is not None and starts == ends:
        yield (
            calendar.at("weekend_until"),
            _("O fim de semana não pode terminar no instante em que começa."),
        )


def _stay(stay: Node) -> Iterator[Finding]:
    shapes: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        StayKind.PERIOD: (("minutes",), ("starts_at", "latest_entry_at", "ends_at")),
        StayKind.WINDOW: (("starts_at", "ends_at"), ("minutes",)),
    }
    kind = stay.text("kind")
    if kind not in shapes:
        return
    needed, foreign = shapes[kind]
    for key in needed:
        if key not in stay.table:
            yield (
                stay.at(key),
                _(
                    "Falta este campo: um período tem “minutes”; "
                    "uma janela, “starts_at” e “ends_at”."
                ),
            )
    for key in foreign:
        if key in stay.table:
            yield (
                stay.at(key),
                _("Um período só tem “minutes”; uma janela, “starts_at” e “ends_at”."),
            )
    yield from _latest_entry(stay)


def _latest_entry(stay: Node) -> Iterator[Finding]:
    keys = ("starts_at", "latest_entry_at", "ends_at")
    starts, latest, ends = (_read(values.local_time, stay, key) for key in keys)
    if starts is None or latest is None or ends is None or latest == ends:
        return
    is_inside = starts == ends or ClockRange(starts, ends).holds(latest)
    if latest == starts or not is_inside:
        yield stay.at("latest_entry_at"), _("A última entrada fica entre a entrada e a saída.")


def _special_days(house: Node) -> Iterator[Finding]:
    yield from twice(
        (day.at("date"), value.isoformat() if isinstance(value, date) else str(value).strip())
        for day in house.children("special_days")
        if (value := day.table.get("date"))
    )


def _price(price: Node, house: Node, root: Node) -> Iterator[Finding]:
    yield from known([(price.at("stay"), price.text("stay"))], house.slugs("stays"))
    special = [(price.at("special_day"), price.text("special_day"))]
    yield from known(special, house.slugs("special_days"))
    yield from twice(price.texts("includes"))
    yield from known(price.texts("includes"), root.slugs("inclusions"))
    days = price.text("days")
    if days == DayClass.SPECIAL and "special_day" not in price.table:
        yield price.at("special_day"), _("Falta dizer qual é a data especial.")
    if days in set(DayClass) - {DayClass.SPECIAL} and "special_day" in price.table:
        yield price.at("days"), _("Com “special_day”, “days” só pode ser “special”.")
    yield from _arrival(price)


def _arrival(price: Node) -> Iterator[Finding]:
    pair = ("arrives_from", "arrives_until")
    given = [key for key in pair if key in price.table]
    if len(given) == 1:
        missing = next(key for key in pair if key not in given)
        yield price.at(missing), _("“arrives_from” e “arrives_until” vão juntos.")
    starts, ends = (_read(values.local_time, price, key) for key in pair)
    if starts is not None and starts == ends:
        yield price.at("arrives_until"), _("A chegada não pode terminar quando começa.")


def _again(prices: list[Node]) -> Iterator[Finding]:
    """Find prices for a stay, days and an arrival that another before them is for."""
    read = [(price, _slot(price), _hours(price)) for price in prices if price.text("stay")]
    told = set()
    for (_first, slot, hours), (price, other_slot, other_hours) in combinations(read, 2):
        if slot != other_slot or price.path in told or not _meet(hours, other_hours):
            continue
        told.add(price.path)
        if hours is None and other_hours is None:
            yield price.path, _("Já há um preço para a mesma permanência e os mesmos dias.")
        else:
            yield price.at("arrives_from"), _("Já há um preço para quem chega nestes horários.")


def _meet(one: ClockRange | None, other: ClockRange | None) -> bool:
    """Return whether two arrivals meet; one for all hours is what a narrower one goes before."""
    if one is None or other is None:
        return one is other
    return one.overlaps(other)


def _slot(price: Node) -> tuple[str, str, str, str]:
    special_day = price.text("special_day")
    days = price.text("days") or (DayClass.SPECIAL if special_day else DayClass.ANY)
    valid_from = _read(values.full_date, price, "valid_from")
    return price.text("stay"), days, special_day, str(valid_from)


def _hours(price: Node) -> ClockRange | None:
    starts = _read(values.local_time, price, "arrives_from")
    ends = _read(values.local_time, price, "arrives_until")
    return None if starts is None or ends is None else ClockRange(starts, ends)
