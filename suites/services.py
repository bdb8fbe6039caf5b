"""Changes of prices that leave a record of what stood before."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction

from suites.models import StayPrice, StayPriceInclusion, SuiteType
from tenancy import audit
from tenancy.models import User


@dataclass(frozen=True)
class PriceRecord:
    """A stored price with all that was said of it."""

    key: Hashable
    stay_id: Hashable
    day_class: str
    special_day_id: Hashable
    valid_from: date | None
    arrives_from: time | None
    arrives_until: time | None
    centavos: int
    inclusions: frozenset[Hashable]

    @property
    def slot(self) -> tuple[Hashable, str, Hashable]:
        """What a later price of the same stay and days takes the place of."""
        return self.stay_id, self.day_class, self.special_day_id

    def fields(self) -> dict[str, Any]:
        """Return the columns, without key and inclusions."""
        names = ("stay_id", "day_class", "special_day_id", "valid_from", "arrives_from")
        return {name: getattr(self, name) for name in (*names, "arrives_until", "centavos")}


def records_of(suite_type: SuiteType) -> dict[Hashable, PriceRecord]:
    """Return a suite type's prices as they are stored, by their keys."""
    links: dict[Hashable, set[Hashable]] = {}
    found = StayPriceInclusion.objects.filter(price__suite_type=suite_type)
    for price_id, inclusion_id in found.values_list("price_id", "inclusion_id"):
        links.setdefault(price_id, set()).add(inclusion_id)
    return {
        row.pk: _record(row, links.get(row.pk, set()))
        for row in StayPrice.objects.filter(suite_type=suite_type)
    }


def standing_keys(records: Iterable[PriceRecord], *, on: date) -> set[Hashable]:
    """Return the keys of the prices that count on a date: of each slot the newest beginning."""
    begun = [record for record in records if _begins(record) <= on]
    newest: dict[Hashable, date] = {}
    for record in begun:
        newest[record.slot] = max(newest.get(record.slot, date.min), _begins(record))
    return {record.key for record in begun if _begins(record) == newest[record.slot]}


def past_keys(records: Iterable[PriceRecord], *, on: date) -> set[Hashable]:
    """Return the keys of the prices that others have taken the place of."""
    records = list(records)
    begun = {record.key for record in records if _begins(record) <= on}
    return begun - standing_keys(records, on=on)


@transaction.atomic
def keep_past_prices(
    *,
    suite_type: SuiteType,
    before: Mapping[Hashable, PriceRecord],
    on: date,
    actor: User | None = None,
) -> list[StayPrice]:
    """Put back what stood before `on` and has been changed; what it became counts from `on`.

    Prices of the same stay and days for other arrivals are carried over. A price that was
    removed is written to the audit. Return the new prices.
    """
    after = records_of(suite_type)
    stood = standing_keys(before.values(), on=on)
    changed = [
        key
        for key in stood & after.keys()
        if after[key] != before[key] and _begins(before[key]) < on
    ]
    made = [_supersede(suite_type, before[key], after[key], on) for key in changed]
    begins = {
        before[key].slot: price.valid_from or on for key, price in zip(changed, made, strict=True)
    }
    for key in (stood & after.keys()).difference(changed):
        record = before[key]
        if record.slot in begins and _begins(record) < on:
            made.append(_create(suite_type, record, begins[record.slot]))
    for price in made:
        data = {"centavos": price.centavos, "from": str(price.valid_from)}
        audit.record("suites.price.change", price, actor=actor, data=data)
    for key in stood - after.keys():
        data = {"centavos": before[key].centavos, "days": before[key].day_class}
        audit.record("suites.price.remove", f"suites.stayprice:{key}", actor=actor, data=data)
    return made


def _supersede(
    suite_type: SuiteType, before: PriceRecord, after: PriceRecord, on: date
) -> StayPrice:
    StayPrice.objects.filter(pk=before.key).update(**before.fields())
    _link(before.key, before.inclusions)
    # A date that was given with the new amount stands, unless it is past.
    begins = after.valid_from if after.valid_from != before.valid_from else None
    return _create(suite_type, after, max(begins or on, on))


def _create(suite_type: SuiteType, record: PriceRecord, on: date) -> StayPrice:
    fields = record.fields() | {"valid_from": on}
    price: StayPrice = StayPrice.objects.create(suite_type=suite_type, **fields)
    _link(price.pk, record.inclusions)
    return price


def _link(price_id: Hashable, inclusions: Iterable[Hashable]) -> None:
    StayPriceInclusion.objects.filter(price_id=price_id).delete()
    for inclusion_id in inclusions:
        StayPriceInclusion.objects.create(price_id=price_id, inclusion_id=inclusion_id)


def _record(row: StayPrice, inclusions: Iterable[Hashable]) -> PriceRecord:
    return PriceRecord(
        key=row.pk,
        stay_id=row.stay_id,
        day_class=row.day_class,
        special_day_id=row.special_day_id,
        valid_from=row.valid_from,
        arrives_from=row.arrives_from,
        arrives_until=row.arrives_until,
        centavos=row.centavos,
        inclusions=frozenset(inclusions),
    )


def _begins(record: PriceRecord) -> date:
    return record.valid_from or date.min
