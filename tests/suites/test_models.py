from datetime import time
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from suites.enums import DayClass, StayKind
from suites.models import PropertyCalendar, SpecialDay, Stay, StayPrice, SuiteType


@pytest.mark.parametrize(("month", "day", "year"), [(2, 30, None), (4, 31, 2027), (2, 29, 2027)])
def test_special_day_must_be_in_the_calendar(month, day, year):
    with pytest.raises(ValidationError):
        SpecialDay(tenant_id=1, month=month, day=day, year=year).clean()


@pytest.mark.parametrize("year", [0, 1999, 2100, 30000])
def test_special_day_is_of_a_year_that_calendars_reckon_with(year):
    day = SpecialDay(tenant_id=1, month=1, day=1, year=year)

    with pytest.raises(ValidationError) as refused:
        day.clean_fields(exclude={"property", "tenant", "slug", "name"})

    assert set(refused.value.message_dict) == {"year"}


def test_special_day_of_every_year_may_be_a_leap_day():
    SpecialDay(tenant_id=1, month=2, day=29).clean()


def errors_of(row):
    with pytest.raises(ValidationError) as found:
        row.clean()
    return set(found.value.message_dict)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"minutes": None}, {"minutes"}),
        ({"minutes": 120, "starts_at": time(22)}, {"starts_at"}),
        ({"kind": StayKind.WINDOW}, {"starts_at", "ends_at"}),
        ({"kind": StayKind.WINDOW, "starts_at": time(22)}, {"ends_at"}),
        (
            {"kind": StayKind.WINDOW, "starts_at": time(22), "ends_at": time(12), "minutes": 1},
            {"minutes"},
        ),
        (
            {
                "kind": StayKind.WINDOW,
                "starts_at": time(22),
                "ends_at": time(12),
                "latest_entry_at": time(13),
            },
            {"latest_entry_at"},
        ),
    ],
)
def test_stay_says_what_its_kind_lacks_or_cannot_have(fields, wrong):
    assert errors_of(Stay(tenant_id=1, **fields)) == wrong


def test_window_may_close_its_door_before_it_ends():
    Stay(
        tenant_id=1,
        kind=StayKind.WINDOW,
        starts_at=time(22),
        latest_entry_at=time(4),
        ends_at=time(12),
    ).clean()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"day_class": DayClass.SPECIAL}, "special_day"),
        ({"special_day_id": uuid4()}, "special_day"),
        ({"arrives_from": time(6)}, "arrives_until"),
        ({"arrives_from": time(6), "arrives_until": time(6)}, "arrives_until"),
    ],
)
def test_price_says_which_half_is_missing(fields, wrong):
    assert errors_of(StayPrice(tenant_id=1, centavos=1, **fields)) == {wrong}


def test_weekend_that_ends_when_it_begins_is_refused():
    row = PropertyCalendar(tenant_id=1, weekend_ends_on=4, weekend_ends_at=time(18))

    assert errors_of(row) == {"weekend_ends_at"}


def test_price_for_more_people_than_fit_is_refused():
    row = SuiteType(tenant_id=1, capacity=2, included_people=3)

    assert errors_of(row) == {"included_people"}
