from datetime import UTC, date, datetime

import pytest

from suites.models import SpecialDay
from suites.previews import next_date, special_moments
from tenancy.context import tenant_scope
from tenancy.models import Property


@pytest.mark.parametrize(
    ("day", "today", "next_one"),
    [
        ((6, 12, None), date(2026, 6, 11), date(2026, 6, 12)),
        ((6, 12, None), date(2026, 6, 12), date(2026, 6, 12)),
        ((6, 12, None), date(2026, 6, 13), date(2027, 6, 12)),
        ((6, 12, 2026), date(2026, 6, 12), date(2026, 6, 12)),
        ((6, 12, 2026), date(2026, 6, 13), None),
        ((2, 29, None), date(2026, 3, 1), date(2028, 2, 29)),
        ((2, 29, None), date(2096, 3, 1), date(2104, 2, 29)),
    ],
)
def test_a_special_day_comes_again_unless_it_has_a_year(day, today, next_one):
    month, number, year = day
    assert next_date(SpecialDay(month=month, day=number, year=year), today) == next_one


def test_special_nights_of_the_motel_are_offered_for_previews(lua):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        found = special_moments(motel, datetime(2026, 11, 27, tzinfo=UTC))

    assert [(moment.label, moment.text) for moment in found] == [
        ("Dia dos Namorados, 23:50", "2027-06-12T23:50")
    ]
