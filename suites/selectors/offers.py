"""A property's prices as the rules take them: read once for a page, however many suites it has."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from suites.enums import DayClass, DayKind, StayKind
from suites.models import (
    Inclusion,
    PropertyCalendar,
    SpecialDay,
    Stay,
    StayPrice,
    StayPriceInclusion,
    SuiteType,
)
from suites.rules.calendars import Calendar, OwnDay, Weekend
from suites.rules.stays import Stay as StayRule
from suites.rules.tariffs import Price, Tariff
from tenancy.models import Property

T = TypeVar("T")


@dataclass
class Offer:
    """What a property sells, with names in one language. Five queries, each made when needed."""

    motel: Property
    language: str
    _read: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, read: Callable[[], T]) -> T:
        """Return what `read` returns, asked once for all that is drawn with this offer."""
        if name not in self._read:
            self._read[name] = read()
        found: T = self._read[name]
        return found

    @cached_property
    def stays(self) -> dict[Hashable, Stay]:
        """The stays by their keys, in the order of the house."""
        found = Stay.objects.filter(property=self.motel).select_related("property__calendar")
        return {stay.pk: stay for stay in found}

    @cached_property
    def special_days(self) -> dict[Hashable, SpecialDay]:
        """The property's own days by their keys."""
        return {day.pk: day for day in SpecialDay.objects.filter(property=self.motel)}

    @cached_property
    def calendar(self) -> Calendar:
        """The property's calendar; the defaults where it has set none."""
        first = next(iter(self.stays.values()), None)
        row = getattr(first.property if first else self.motel, "calendar", PropertyCalendar())
        return calendar_of(self.motel, row, self.special_days.values())

    @cached_property
    def prices(self) -> dict[Hashable, tuple[Price, ...]]:
        """All prices, those of the past and of the future too, by their suite types."""
        rows = StayPrice.objects.filter(suite_type__property=self.motel).order_by("suite_type_id")
        groups = groupby(rows, key=lambda row: row.suite_type_id)
        return {key: tuple(self._price(row) for row in group) for key, group in groups}

    @cached_property
    def inclusions(self) -> dict[Hashable, str]:
        """The names of what prices include, by the keys that prices have."""
        return names_of(Inclusion.objects.filter(pk__in=self._inclusion_keys), self.language)

    def tariff(self, suite_type: SuiteType) -> Tariff:
        """Return the tariff of one of the property's suite types."""
        return Tariff(
            key=suite_type.pk,
            calendar=self.calendar,
            stays=self._stay_rules,
            prices=self.prices.get(suite_type.pk, ()),
            extra_hour_centavos=suite_type.extra_hour_centavos,
            extra_person_centavos=suite_type.extra_person_centavos,
            people=suite_type.included_people,
            capacity=max(suite_type.capacity, suite_type.included_people),
        )

    def names(self, price: Price) -> list[str]:
        """Return the names of what a price includes."""
        return [self.inclusions[key] for key in price.inclusions]

    @cached_property
    def _stay_rules(self) -> tuple[StayRule, ...]:
        return tuple(stay_rule(stay) for stay in self.stays.values())

    @cached_property
    def _links(self) -> dict[Hashable, tuple[Hashable, ...]]:
        found = StayPriceInclusion.objects.filter(price__suite_type__property=self.motel)
        rows = found.order_by("price_id", "inclusion__name").values_list("price_id", "inclusion_id")
        return {
            price: tuple(inclusion for _price, inclusion in group)
            for price, group in groupby(rows, key=lambda row: row[0])
        }

    @property
    def _inclusion_keys(self) -> set[Hashable]:
        return {key for keys in self._links.values() for key in keys}

    def _price(self, row: StayPrice) -> Price:
        return price_rule(row, self._links.get(row.pk, ()))


def stay_rule(stay: Stay) -> StayRule:
    """Return a stay as the rules take it."""
    is_window = stay.kind == StayKind.WINDOW and stay.starts_at and stay.ends_at
    times = {"starts_at": stay.starts_at, "ends_at": stay.ends_at} if is_window else {}
    return StayRule(
        key=stay.pk,
        kind=StayKind(stay.kind),
        minutes=stay.minutes or 0,
        latest_entry_at=stay.latest_entry_at,
        tolerance_minutes=stay.tolerance_minutes,
        **times,  # type: ignore[arg-type]  # of windows, which have both
    )


def price_rule(row: StayPrice, inclusions: tuple[Hashable, ...] = ()) -> Price:
    """Return a price as the rules take it."""
    return Price(
        key=row.pk,
        stay=row.stay_id,
        centavos=row.centavos,
        day_class=DayClass(row.day_class),
        special_day=row.special_day_id,
        arrives=row.arrival,
        valid_from=row.valid_from,
        inclusions=inclusions,
    )


def calendar_of(motel: Property, row: PropertyCalendar, days: Iterable[SpecialDay]) -> Calendar:
    """Return a property's calendar as the rules take it."""
    return Calendar(
        zone=ZoneInfo(motel.timezone),
        weekend=Weekend(
            row.weekend_starts_on, row.weekend_starts_at, row.weekend_ends_on, row.weekend_ends_at
        ),
        state=row.state,
        has_public_holidays=row.has_public_holidays,
        has_optional_holidays=row.has_optional_holidays,
        eve_from=row.eve_from,
        days=tuple(_own_days(days)),
    )


def _own_days(days: Iterable[SpecialDay]) -> Iterator[OwnDay]:
    for day in days:
        kind = DayKind(day.kind)
        yield OwnDay(day.pk, day.name, day.month, day.day, day.year, kind)


def names_of(words: "QuerySet[Inclusion]", language: str) -> dict[Hashable, str]:
    """Return the words' names in a language, by their keys; in Portuguese where it lacks them."""
    model = words.model
    found = model.objects.filter(translation_key__in=words.values("translation_key"))
    rows = list(found.values_list("pk", "translation_key", "locale__language_code", "name"))
    translated = {key: name for _pk, key, code, name in rows if code == language}
    return {pk: translated.get(key, name) for pk, key, _code, name in rows}
