"""A property's prices as the rules take them: read once for a page, however many suites it has."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from suites.bonuses import giver
from suites.enums import DayClass, DayKind, StayKind, SuiteState
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
from suites.rules.tables import Table, price_table, today
from suites.rules.tariffs import Price, Tariff
from suites.rules.turns import turns
from tenancy.models import Property
from tenancy.scoped import TenantScoped
from theme.languages import column_in

T = TypeVar("T")

OWN_DAY = {
    "key": "pk",
    "name": "said",
    **{name: name for name in ("month", "day", "year", "kind")},
}


@dataclass(frozen=True)
class Spell:
    """A time in which nobody pays or gets anything else, from an instant to just before the next.

    `shown` is what has been worked out for it.
    """

    begins_at: datetime
    ends_at: datetime | None
    shown: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def holds(self, at: datetime) -> bool:
        """Return whether an instant is known to lie in it."""
        return self.begins_at <= at and self.ends_at is not None and at < self.ends_at


@dataclass
class Offer:
    """What a property sells, with names in one language. Two queries, each made when needed.

    One offer may serve many requests, as long as nobody changes what it has read.
    """

    house: Property
    language: str
    _read: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    _spell: Spell | None = field(default=None, repr=False)

    def once(self, name: Hashable, read: Callable[[], T]) -> T:
        """Return what `read` returns, asked once for all that is drawn with this offer."""
        return _kept(self._read, name, read)

    def as_of(self, at: datetime, name: Hashable, work_out: Callable[[], T]) -> T:
        """Return what `work_out` returns as of an instant, asked once if a spell begins at it."""
        spell = self._spell
        shown = spell.shown if spell and spell.begins_at == at else {}
        return _kept(shown, name, work_out)

    def spell(self, at: datetime) -> Spell:
        """Return the time around an instant in which prices stand, as far as it is known."""
        spell = self._spell
        if spell is None or not spell.holds(at):
            spell = self._spell = Spell(at, self.next_turn(at))
        return spell

    @cached_property
    def stays(self) -> dict[Hashable, Stay]:
        """The stays by their keys, in the order of the house; each has the calendar with it."""
        days = SpecialDay.objects.filter(property=OuterRef("property")).order_by("month", "day")
        found = Stay.objects.filter(property=self.house).select_related("property__calendar")
        named = days.annotate(said=column_in(self.language, "name"))
        rows = found.annotate(days=as_array(named, OWN_DAY), out=out_of_use(OuterRef("property")))
        return {stay.pk: stay for stay in rows}

    @cached_property
    def out(self) -> frozenset[Hashable]:
        """The keys of the suite types that have suites, and none that can be used."""
        first = next(iter(self.stays.values()), None)
        return frozenset(getattr(first, "out", ()))

    @cached_property
    def calendar(self) -> Calendar:
        """The property's calendar; the defaults where it has set none, or sells nothing."""
        first = next(iter(self.stays.values()), None)
        row = getattr(first.property if first else self.house, "calendar", PropertyCalendar())
        days = getattr(first, "days", ())
        return calendar_of(self.house, row, days, language=self.language)

    @cached_property
    def prices(self) -> dict[Hashable, tuple[Price, ...]]:
        """All prices, those of the past and of the future too, by their suite types."""
        found = StayPrice.objects.filter(suite_type__property=self.house)
        prices: dict[Hashable, tuple[Price, ...]] = defaultdict(tuple)
        for row in found.annotate(included=included(self.language)).order_by():
            prices[row.suite_type_id] += (price_rule(row),)
        return dict(prices)

    def tariff(self, suite_type: SuiteType) -> Tariff:
        """Return the tariff of one of the property's suite types."""
        return self.once(("tariff", suite_type.pk), partial(self._tariff, suite_type))

    def table(self, suite_type: SuiteType, at: datetime) -> Table:
        """Return the prices of a suite type that stand on the property's date at an instant."""
        tariff = self.tariff(suite_type)
        named = ("table", suite_type.pk)
        return self.as_of(at, named, lambda: price_table(tariff, on=today(tariff, at)))

    def _tariff(self, suite_type: SuiteType) -> Tariff:
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

    def next_turn(self, at: datetime) -> datetime | None:
        """Return the first instant after another at which guests may pay or get something else."""
        prices = tuple(price for each in self.prices.values() for price in each)
        everything = Tariff(None, self.calendar, self._stay_rules, prices)
        own = next(turns([everything], after=at), None)
        given = next(giver().turns(self, after=at), None)
        return min((each for each in (own, given) if each), default=None)

    @cached_property
    def _stay_rules(self) -> tuple[StayRule, ...]:
        return tuple(stay_rule(stay) for stay in self.stays.values())


def _kept(found: dict[Hashable, Any], name: Hashable, make: Callable[[], T]) -> T:
    if name not in found:
        found[name] = make()
    result: T = found[name]
    return result


def as_array(rows: QuerySet[Any], fields: Mapping[str, str]) -> ArraySubquery:
    """Return rows of another table as a list of dictionaries, to annotate with."""
    return ArraySubquery(rows.values(json=JSONObject(**fields)))


def out_of_use(motel: OuterRef) -> ArraySubquery:
    """Return the keys of a property's suite types that have suites, all shut, to annotate with."""
    kept = SuiteType.objects.filter(property=motel, suites__isnull=False)
    return ArraySubquery(
        kept.exclude(suites__state=SuiteState.OPEN).distinct().order_by().values("pk")
    )


def name_in(language: str, model: type[TenantScoped], path: str) -> Coalesce:
    """Return a translatable word's name in a language; as it stands where it is not translated."""
    translated = model.objects.filter(
        translation_key=OuterRef(f"{path}__translation_key"), locale__language_code=language
    )
    return Coalesce(Subquery(translated.values("name")[:1]), f"{path}__name")


def included(language: str) -> ArraySubquery:
    """Return the names of what a price includes, to annotate it with."""
    links = StayPriceInclusion.objects.filter(price=OuterRef("pk")).order_by("inclusion__name")
    return ArraySubquery(links.values(named=name_in(language, Inclusion, "inclusion")))


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


def price_rule(row: StayPrice) -> Price:
    """Return a price as the rules take it; one that was read alone includes nothing."""
    return Price(
        key=row.pk,
        stay=row.stay_id,
        centavos=row.centavos,
        day_class=DayClass(row.day_class),
        special_day=row.special_day_id,
        arrives=row.arrival,
        valid_from=row.valid_from,
        ends_on=row.ends_on,
        inclusions=tuple(getattr(row, "included", ())),
    )


def calendar_of(
    motel: Property, row: PropertyCalendar, days: Iterable[Mapping[str, Any]], *, language: str
) -> Calendar:
    """Return a property's calendar as the rules take it, with names in a language."""
    return Calendar(
        zone=ZoneInfo(motel.timezone),
        weekend=Weekend(
            row.weekend_starts_on, row.weekend_starts_at, row.weekend_ends_on, row.weekend_ends_at
        ),
        state=row.state,
        has_public_holidays=row.has_public_holidays,
        has_optional_holidays=row.has_optional_holidays,
        eve_from=row.eve_from,
        days=tuple(own_day(**day) for day in days),
        language=language,
    )


def own_day(*, key: str, kind: str, **rest: Any) -> OwnDay:
    """Return a special day as the rules take it, from what the database wrote as JSON."""
    return OwnDay(key=UUID(key), kind=DayKind(kind), **rest)
