"""What a property sells: its calendar, stays, special days, suite types, suites and prices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sites.provisioning.ledger import Ledger
from sites.provisioning.schema import Price
from sites.provisioning.schema import Property as PropertyTable
from sites.provisioning.schema import SuiteType as SuiteTypeTable
from suites.enums import Accessibility
from suites.models import (
    Feature,
    Inclusion,
    PropertyCalendar,
    SpecialDay,
    Stay,
    StayPrice,
    StayPriceInclusion,
    Suite,
    SuiteType,
    SuiteTypeFeature,
)
from tenancy.models import Property

SOURCE = "pt-br"


@dataclass(frozen=True)
class Shelf:
    """What the prices of a property refer to, by slug; what people deleted is not in it."""

    ledger: Ledger
    prefix: str
    house: Property
    stays: Mapping[str, Stay]
    days: Mapping[str, SpecialDay]


def ensure_offer(ledger: Ledger, prefix: str, house: Property, table: PropertyTable) -> None:
    """Bring all that the property sells to what the file says."""
    _ensure_calendar(ledger, prefix, house, table)
    for position, stay in enumerate(table.stays):
        lookup = {"property": house, "slug": stay.slug}
        values = stay.model_dump(exclude={"slug"}) | {"position": position}
        values["tolerance_minutes"] = values.pop("tolerance")
        ledger.upsert(f"{prefix}.stays[{stay.slug}]", Stay, lookup, values)
    for day in table.special_days:
        date = {"month": day.date.month, "day": day.date.day, "year": day.date.year}
        lookup = {"property": house, "slug": day.slug}
        name = {"name": day.name.pt, "name_en": day.name.en or "", "name_es": day.name.es or ""}
        values = {**name, "kind": day.kind, **date}
        ledger.upsert(f"{prefix}.special_days[{day.slug}]", SpecialDay, lookup, values)
    shelf = Shelf(
        ledger,
        prefix,
        house,
        stays={stay.slug: stay for stay in Stay.objects.filter(property=house)},
        days={day.slug: day for day in SpecialDay.objects.filter(property=house)},
    )
    for position, suite_type in enumerate(table.suite_types):
        _ensure_suite_type(shelf, suite_type, position)


def _ensure_calendar(ledger: Ledger, prefix: str, house: Property, table: PropertyTable) -> None:
    calendar = table.calendar
    values = {
        "weekend_starts_on": calendar.weekend_from.weekday,
        "weekend_starts_at": calendar.weekend_from.clock,
        "weekend_ends_on": calendar.weekend_until.weekday,
        "weekend_ends_at": calendar.weekend_until.clock,
        "has_public_holidays": calendar.holidays,
        "has_optional_holidays": calendar.optional_holidays,
        "state": table.address.state,
        "eve_from": calendar.eves_from,
    }
    ledger.upsert(f"{prefix}.calendar", PropertyCalendar, {"property": house}, values)


def _ensure_suite_type(shelf: Shelf, table: SuiteTypeTable, position: int) -> None:
    key = f"{shelf.prefix}.suite_types[{table.slug}]"
    values = {
        "name": table.name.pt,
        "capacity": table.capacity,
        "included_people": table.included_people,
        "extra_person_centavos": table.extra_person,
        "extra_hour_centavos": table.extra_hour,
        "area_m2": table.area_m2,
        "position": position,
        **{fact.value: fact.name.lower() in table.accessibility for fact in Accessibility},
    }
    lookup = {"property": shelf.house, "slug": table.slug}
    suite_type = shelf.ledger.upsert(key, SuiteType, lookup, values)
    if suite_type is None:
        return
    owner = {"suite_type": suite_type}
    links = Links(SuiteTypeFeature, owner, "feature", Feature)
    links.ensure(shelf.ledger, f"{key}.features", table.features)
    for number in table.suites:
        lookup = {"suite_type": suite_type, "number": number}
        shelf.ledger.upsert(f"{key}.suites[{number}]", Suite, lookup, {})
    for price in table.prices:
        _ensure_price(shelf, key, suite_type, price)


def _ensure_price(shelf: Shelf, prefix: str, suite_type: SuiteType, table: Price) -> None:
    stay = shelf.stays.get(table.stay)
    day = shelf.days.get(table.special_day or "")
    if stay is None or (table.special_day and day is None):
        return  # people deleted it, and its prices with it
    key = f"{prefix}.prices[{', '.join(table.identity)}]"
    lookup = {
        "suite_type": suite_type,
        "stay": stay,
        "day_class": table.day_class,
        "special_day": day,
        "valid_from": table.valid_from,
        "arrives_from": table.arrives_from,
        "ends_on": None,  # one that has ended counts as deleted by people
    }
    values = {"centavos": table.centavos, "arrives_until": table.arrives_until}
    price = shelf.ledger.upsert(key, StayPrice, lookup, values)
    if price is not None:
        links = Links(StayPriceInclusion, {"price": price}, "inclusion", Inclusion)
        links.ensure(shelf.ledger, f"{key}.includes", table.includes)


@dataclass(frozen=True)
class Links:
    """The rows that tie an owner to words of a vocabulary: `name` is the word's field in them."""

    model: type[Any]
    owner: Mapping[str, Any]
    name: str
    words: type[Feature] | type[Inclusion]

    def ensure(self, ledger: Ledger, key: str, slugs: tuple[str, ...]) -> None:
        """Bring the links to the words with those slugs."""
        links = self.model.objects.filter(**self.owner)
        have = set(links.values_list(f"{self.name}__slug", flat=True))

        def write() -> None:
            links.delete()
            for word in self.words.objects.filter(slug__in=slugs, locale__language_code=SOURCE):
                self.model.objects.create(**self.owner, **{self.name: word})

        ledger.settle(
            key,
            sorted(slugs),
            exists=bool(have) or not slugs,
            differs=lambda: () if have == set(slugs) else (key.rsplit(".", 1)[1],),
            write=write,
        )
