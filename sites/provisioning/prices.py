"""What a property sells: stays, special days, suite types, suites and prices."""

from sites.provisioning.ledger import Ledger
from sites.provisioning.schema import Price
from sites.provisioning.schema import Property as PropertyTable
from sites.provisioning.schema import SuiteType as SuiteTypeTable
from suites.models import (
    Feature,
    Inclusion,
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


def ensure_offer(ledger: Ledger, prefix: str, motel: Property, table: PropertyTable) -> None:
    """Bring all that the property sells to what the file says."""
    for position, stay in enumerate(table.stays):
        values = {
            "kind": stay.kind,
            "minutes": stay.minutes,
            "starts_at": stay.starts_at,
            "ends_at": stay.ends_at,
            "position": position,
        }
        lookup = {"property": motel, "slug": stay.slug}
        ledger.upsert(f"{prefix}.stays[{stay.slug}]", Stay, lookup, values)
    for day in table.special_days:
        date = {"month": day.date.month, "day": day.date.day, "year": day.date.year}
        lookup = {"property": motel, "slug": day.slug}
        key = f"{prefix}.special_days[{day.slug}]"
        ledger.upsert(key, SpecialDay, lookup, {"name": day.name, **date})
    for position, suite_type in enumerate(table.suite_types):
        _ensure_suite_type(ledger, prefix, motel, suite_type, position)


def _ensure_suite_type(
    ledger: Ledger, prefix: str, motel: Property, table: SuiteTypeTable, position: int
) -> None:
    key = f"{prefix}.suite_types[{table.slug}]"
    values = {
        "name": table.name.pt,
        "capacity": table.capacity,
        "area_m2": table.area_m2,
        "position": position,
    }
    lookup = {"property": motel, "slug": table.slug}
    suite_type = ledger.upsert(key, SuiteType, lookup, values)
    if suite_type is None:
        return
    _ensure_features(ledger, f"{key}.features", suite_type, table.features)
    for number in table.suites:
        lookup = {"suite_type": suite_type, "number": number}
        ledger.upsert(f"{key}.suites[{number}]", Suite, lookup, {})
    for price in table.prices:
        _ensure_price(ledger, key, suite_type, price)


def _ensure_features(
    ledger: Ledger, key: str, suite_type: SuiteType, slugs: tuple[str, ...]
) -> None:
    links = SuiteTypeFeature.objects.filter(suite_type=suite_type)
    have = set(links.values_list("feature__slug", flat=True))

    def write() -> None:
        links.delete()
        for feature in Feature.objects.filter(slug__in=slugs, locale__language_code=SOURCE):
            SuiteTypeFeature.objects.create(suite_type=suite_type, feature=feature)

    ledger.settle(
        key,
        sorted(slugs),
        exists=bool(have) or not slugs,
        differs=lambda: () if have == set(slugs) else ("features",),
        write=write,
    )


def _ensure_price(ledger: Ledger, prefix: str, suite_type: SuiteType, table: Price) -> None:
    motel = suite_type.property
    stay = Stay.objects.filter(property=motel, slug=table.stay).first()
    day = SpecialDay.objects.filter(property=motel, slug=table.special_day or "").first()
    if stay is None or (table.special_day and day is None):
        return  # people deleted it, and its prices with it
    days = f"{table.day_class}:{table.special_day}" if day else str(table.day_class)
    key = f"{prefix}.prices[{table.stay}, {days}]"
    lookup = {
        "suite_type": suite_type,
        "stay": stay,
        "day_class": table.day_class,
        "special_day": day,
    }
    price = ledger.upsert(key, StayPrice, lookup, {"centavos": table.centavos})
    if price is not None:
        _ensure_inclusions(ledger, f"{key}.includes", price, table.includes)


def _ensure_inclusions(ledger: Ledger, key: str, price: StayPrice, slugs: tuple[str, ...]) -> None:
    links = StayPriceInclusion.objects.filter(price=price)
    have = set(links.values_list("inclusion__slug", flat=True))

    def write() -> None:
        links.delete()
        for inclusion in Inclusion.objects.filter(slug__in=slugs, locale__language_code=SOURCE):
            StayPriceInclusion.objects.create(price=price, inclusion=inclusion)

    ledger.settle(
        key,
        sorted(slugs),
        exists=bool(have) or not slugs,
        differs=lambda: () if have == set(slugs) else ("includes",),
        write=write,
    )
