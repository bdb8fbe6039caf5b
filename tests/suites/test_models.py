import pytest
from django.core.exceptions import ValidationError

from suites.models import SpecialDay


@pytest.mark.parametrize(("month", "day", "year"), [(2, 30, None), (4, 31, 2027), (2, 29, 2027)])
def test_special_day_must_be_in_the_calendar(month, day, year):
    with pytest.raises(ValidationError):
        SpecialDay(tenant_id=1, month=month, day=day, year=year).clean()


def test_special_day_of_every_year_may_be_a_leap_day():
    SpecialDay(tenant_id=1, month=2, day=29).clean()
