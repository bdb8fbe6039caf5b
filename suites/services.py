"""Changes of prices that leave a record of what stood before."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from suites.models import StayPrice, StayPriceInclusion, SuiteType
from suites.rules.edits import Edit, settle
from suites.rules.tariffs import Price
from suites.selectors.offers import price_rule
from tenancy import audit
from tenancy.models import User


def records_of(suite_type: SuiteType) -> dict[Hashable, Price]:
    """Return a suite type's prices as they are stored, by their keys, with keys of inclusions."""
    links: dict[Hashable, list[str]] = {}
    found = StayPriceInclusion.objects.filter(price__suite_type=suite_type)
    for price_id, inclusion_id in found.order_by("inclusion_id").values_list(
        "price_id", "inclusion_id"
    ):
        links.setdefault(price_id, []).append(str(inclusion_id))
    return {
        row.pk: replace(price_rule(row), inclusions=tuple(links.get(row.pk, ())))
        for row in StayPrice.objects.filter(suite_type=suite_type)
    }


@transaction.atomic
def keep_past_prices(
    *,
    suite_type: SuiteType,
    before: Mapping[Hashable, Price],
    on: date,
    actor: User | None = None,
) -> list[StayPrice]:
    """Make an edit of stored prices count from a date on, as `rules.edits.settle` has it.

    What became another price, and what is no longer sold, is written to the audit. Return the
    new prices.
    """
    after = records_of(suite_type)
    edit = settle(before, after, on=on)
    changed = [price for key, price in edit.stored.items() if price != after.get(key)]
    make_way(price.key for price in changed)
    for price in changed:
        _store(suite_type, price)
    made = [_store(suite_type, price) for price in edit.made]
    _report(edit, made, actor)
    return made


def make_way(keys: Iterable[Hashable]) -> None:
    """Let stored prices, all about to be written, take each other's places.

    Until each is written it counts as ended, and so stands in no other's way.
    """
    StayPrice.objects.filter(pk__in=list(keys)).update(ends_on=date.min)


def _report(edit: Edit, made: list[StayPrice], actor: User | None) -> None:
    data: dict[str, Any]
    for row in made:
        data = {"centavos": row.centavos, "from": str(row.valid_from)}
        audit.record("suites.price.change", row, actor=actor, data=data)
    for price in edit.ended:
        data = {"centavos": price.centavos, "days": price.day_class}
        audit.record("suites.price.remove", f"suites.stayprice:{price.key}", actor=actor, data=data)


def _store(suite_type: SuiteType, price: Price) -> StayPrice:
    """Write a price: over the one with its key, which may be gone, or as a new one."""
    fields = {
        "stay_id": price.stay,
        "day_class": price.day_class,
        "special_day_id": price.special_day,
        "valid_from": price.valid_from,
        "ends_on": price.ends_on,
        "arrives_from": price.arrives.start if price.arrives else None,
        "arrives_until": price.arrives.end if price.arrives else None,
        "centavos": price.centavos,
    }
    row: StayPrice
    if price.key is None:
        row = StayPrice.objects.create(suite_type=suite_type, **fields)
    else:
        row, _is_new = StayPrice.objects.update_or_create(
            pk=price.key, defaults=fields, create_defaults={"suite_type": suite_type, **fields}
        )
    StayPriceInclusion.objects.filter(price=row).delete()
    for inclusion in price.inclusions:
        StayPriceInclusion.objects.create(price=row, inclusion_id=inclusion)
    return row
