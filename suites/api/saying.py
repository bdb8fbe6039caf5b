"""What the API says of suites and prices, from what the selectors and the rules know."""

from collections.abc import Sequence
from datetime import datetime, time

from django.http import HttpRequest

from suites.api.money import money, money_or_none
from suites.api.schemas import (
    AmountOut,
    ClockRangeOut,
    DayOut,
    FeatureOut,
    LineOut,
    PricesOut,
    QuoteOut,
    RefusalOut,
    RowOut,
    SpecialOut,
    SpecialRowOut,
    StayOut,
    SuiteOut,
    TableOut,
    WeekendOut,
)
from suites.enums import StayKind
from suites.models import Stay
from suites.rules.calendars import Calendar, Day, Weekend
from suites.rules.quotes import COUPLE, Quote, Refusal, quote
from suites.rules.tariffs import Tariff
from suites.selectors import Offer, PriceTable, SuiteCard, price_table
from suites.selectors.offers import stay_rule
from suites.selectors.sold import Sold, with_bonus
from suites.selectors.tables import Amount, SpecialDayPrices
from tenancy.api.houses import HouseOut
from tenancy.models import Property

OUT_OF_USE = "out_of_use"


def house_out(house: Property) -> HouseOut:
    return HouseOut(slug=house.slug, name=house.name, timezone=house.timezone)


def suite_out(card: SuiteCard, request: HttpRequest) -> SuiteOut:
    kind = card.suite_type
    return SuiteOut(
        slug=kind.slug,
        name=card.page.title,
        summary=card.page.intro,
        url=card.page.get_full_url(request),
        people=card.tariff.people,
        capacity=card.tariff.capacity,
        area_m2=kind.area_m2,
        features=[FeatureOut(slug=word.slug, name=word.name) for word in card.features],
        accessibility=kind.accessibility(),
        is_available=not card.is_out,
        starting_price=money_or_none(card.from_centavos),
        price_now=money_or_none(card.now_centavos),
    )


def prices_out(
    offer: Offer,
    card: SuiteCard,
    *,
    at: datetime,
    now: datetime,
    people: int | None,
    extra_hours: int,
) -> PricesOut:
    """Return what each stay costs those who arrive at an instant, and ask now.

    They are a couple where nobody says how many.
    """
    many = min(COUPLE, card.tariff.capacity) if people is None else people

    def found(stay: Stay) -> Sold | Refusal | None:
        answer = asked(card, stay, at, many, extra_hours)
        if not isinstance(answer, Quote):
            return answer
        return with_bonus(offer, card.suite_type, answer, at=now)

    return PricesOut(
        property=house_out(offer.house),
        suite=card.suite_type.slug,
        at=offer.calendar.local(at),
        people=many,
        extra_hours=extra_hours,
        stays=[stay_out(stay, found(stay), offer.calendar) for stay in offer.stays.values()],
        table=table_out(price_table(offer, card.suite_type, at=at)),
    )


def asked(
    card: SuiteCard, stay: Stay, at: datetime, people: int, extra_hours: int
) -> Quote | Refusal | None:
    """Return what a stay costs, or why it is not sold; None while the suites are shut."""
    if card.is_out:
        return None
    return priced(card.tariff, stay, at=at, people=people, extra_hours=extra_hours)


def priced(
    tariff: Tariff, stay: Stay, *, at: datetime, people: int, extra_hours: int
) -> Quote | Refusal:
    rule = stay_rule(stay)
    return quote(tariff, stay=rule, at=at, people=people, extra_hours=extra_hours)


def stay_out(stay: Stay, found: Sold | Refusal | None, calendar: Calendar) -> StayOut:
    return StayOut(
        slug=stay.slug,
        name=str(stay),
        kind=StayKind(stay.kind),
        minutes=stay.minutes,
        starts_at=clock(stay.starts_at),
        latest_entry_at=clock(stay.latest_entry_at),
        ends_at=clock(stay.ends_at),
        tolerance_minutes=stay.tolerance_minutes,
        quote=quote_out(found, calendar) if isinstance(found, Sold) else None,
        refusal=None if isinstance(found, Sold) else refusal_out(found, calendar),
    )


def quote_out(found: Sold, calendar: Calendar) -> QuoteOut:
    quote = found.quote
    return QuoteOut(
        price=money(quote.centavos),
        off=money(found.bonus.centavos),
        total=money(found.centavos),
        gifts=list(found.bonus.words),
        lines=[
            LineOut(
                item=line.item,
                unit=money(line.unit),
                count=line.count,
                amount=money(line.centavos),
            )
            for line in quote.lines
        ],
        includes=list(quote.price.inclusions),
        day=day_out(quote.day),
        ends_at=calendar.local(quote.ends_at),
        leaves_by=calendar.local(quote.leaves_by),
    )


def refusal_out(found: Refusal | None, calendar: Calendar) -> RefusalOut:
    if found is None:
        return RefusalOut(reason=OUT_OF_USE)
    return RefusalOut(
        reason=found.reason.value,
        opens_at=calendar.local(found.opens_at) if found.opens_at else None,
        closes_at=calendar.local(found.closes_at) if found.closes_at else None,
    )


def day_out(day: Day) -> DayOut:
    return DayOut(date=day.date, day_class=day.day_class, reason=day.reason)


def table_out(table: PriceTable) -> TableOut:
    return TableOut(
        day_classes=table.day_classes,
        rows=[
            RowOut(stay=row.stay.slug, cells=[amounts_out(cell) for cell in row.cells])
            for row in table.rows
        ],
        specials=[special_out(each) for each in table.specials],
        valid_until=table.valid_until,
        weekend=weekend_out(table.weekend) if table.weekend else None,
        eve_from=clock(table.eve_from),
        extra_hour=money_or_none(table.extra_hour_centavos),
        extra_person=money_or_none(table.extra_person_centavos),
        people=table.people,
        starting_price=money_or_none(table.starting_price),
    )


def amounts_out(amounts: Sequence[Amount]) -> list[AmountOut]:
    return [
        AmountOut(
            price=money(each.centavos),
            arrives=ClockRangeOut(
                start=f"{each.arrives.start:%H:%M}", end=f"{each.arrives.end:%H:%M}"
            )
            if each.arrives
            else None,
            includes=each.inclusions,
        )
        for each in amounts
    ]


def special_out(special: SpecialDayPrices) -> SpecialOut:
    return SpecialOut(
        name=special.name,
        date=special.date,
        is_yearly=special.is_yearly,
        rows=[
            SpecialRowOut(stay=stay.slug, prices=amounts_out(prices))
            for stay, prices in special.rows
        ],
    )


def weekend_out(weekend: Weekend) -> WeekendOut:
    return WeekendOut(
        starts_on=weekend.starts_on,
        starts_at=f"{weekend.starts_at:%H:%M}",
        ends_on=weekend.ends_on,
        ends_at=f"{weekend.ends_at:%H:%M}",
    )


def clock(value: time | None) -> str | None:
    return f"{value:%H:%M}" if value else None
