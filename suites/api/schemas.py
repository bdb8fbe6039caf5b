"""What the API says of suites, stays and prices."""

from datetime import date

from ninja import Field, Schema

from suites.api.money import MoneyOut
from suites.enums import Accessibility, DayClass, StayKind
from suites.rules.quotes import Item
from tenancy.api.houses import HouseOut
from tenancy.api.instants import Moment

CLOCK = "A time of day on the property's clocks, as `22:00`."


class FeatureOut(Schema):
    """Something that a suite has."""

    slug: str
    name: str


class SuiteOut(Schema):
    """A suite type, as its page tells of it."""

    slug: str = Field(description="The same in all languages.")
    name: str
    summary: str
    url: str
    people: int = Field(description="How many are in the price.")
    capacity: int
    area_m2: int | None
    features: list[FeatureOut]
    accessibility: list[Accessibility]
    is_available: bool = Field(description="False while all suites of the type are shut.")
    starting_price: MoneyOut | None = Field(description="The lowest of an ordinary day.")
    price_now: MoneyOut | None = Field(description="The lowest that those pay who arrive at `at`.")


class SuitesOut(Schema):
    """A property's suites, as of `at`."""

    property: HouseOut
    at: Moment
    suites: list[SuiteOut]


class DayOut(Schema):
    """What a day is for prices; `reason` names the holiday or the special day that decides."""

    date: date
    day_class: DayClass
    reason: str


class LineOut(Schema):
    """A part of a price: `count` times `unit`."""

    item: Item
    unit: MoneyOut
    count: int
    amount: MoneyOut


class QuoteOut(Schema):
    """What a stay costs, and when it ends. Nothing more is due until `leaves_by`."""

    price: MoneyOut = Field(description="By the house's table.")
    off: MoneyOut = Field(description="What promotions that need no code take off it.")
    total: MoneyOut = Field(description="What guests pay.")
    gifts: list[str] = Field(description="All that those promotions give, to people.")
    lines: list[LineOut]
    includes: list[str]
    day: DayOut
    ends_at: Moment
    leaves_by: Moment


class RefusalOut(Schema):
    """Why a stay is not sold; when it is again, and until when it then is, where time helps."""

    reason: str = Field(
        description="`shut`, `closed_day`, `no_price`, `too_many_people`, `no_extra_hour`, or "
        "`out_of_use` while all suites of the type are shut."
    )
    opens_at: Moment | None = None
    closes_at: Moment | None = None


class StayOut(Schema):
    """What is sold: a period from the arrival on, or a window of local time."""

    slug: str
    name: str
    kind: StayKind
    minutes: int | None
    starts_at: str | None = Field(description=CLOCK)
    latest_entry_at: str | None = Field(description=CLOCK)
    ends_at: str | None = Field(description=CLOCK)
    tolerance_minutes: int
    quote: QuoteOut | None
    refusal: RefusalOut | None


class ClockRangeOut(Schema):
    """From a time of day to another, over midnight if that is earlier; 0 is Monday."""

    start: str = Field(description=CLOCK)
    end: str = Field(description=CLOCK)


class WeekendOut(Schema):
    """From a time of the week to another; day 0 is Monday."""

    starts_on: int
    starts_at: str = Field(description=CLOCK)
    ends_on: int
    ends_at: str = Field(description=CLOCK)


class AmountOut(Schema):
    """A price in the table, for those who arrive at any time or in some hours."""

    price: MoneyOut
    arrives: ClockRangeOut | None
    includes: list[str]


class RowOut(Schema):
    """A stay's prices by class of days; an empty list where it is not sold."""

    stay: str = Field(description="The stay's slug.")
    cells: list[list[AmountOut]] = Field(description="In the order of `day_classes`.")


class SpecialRowOut(Schema):
    """What a stay costs on a special day."""

    stay: str
    prices: list[AmountOut]


class SpecialOut(Schema):
    """What a special day changes, the next time that it comes."""

    name: str
    date: date
    is_yearly: bool
    rows: list[SpecialRowOut]


class TableOut(Schema):
    """All prices that stand on the property's date; of a cell, the first that fits counts."""

    day_classes: list[DayClass]
    rows: list[RowOut]
    specials: list[SpecialOut]
    valid_until: date | None
    weekend: WeekendOut | None
    eve_from: str | None = Field(description=CLOCK)
    extra_hour: MoneyOut | None
    extra_person: MoneyOut | None
    people: int = Field(description="How many are in the price.")
    starting_price: MoneyOut | None


class PricesOut(Schema):
    """What the stays in a suite cost those who arrive at `at`, and all of its prices."""

    property: HouseOut
    suite: str
    at: Moment
    people: int
    extra_hours: int
    stays: list[StayOut]
    table: TableOut
