import pytest
from django.utils import translation

from suites.models import SpecialDay
from suites.templatetags.suites import calendar_day, money


@pytest.mark.parametrize(
    ("language", "centavos", "written"),
    [
        ("pt-br", 7600, "R$ 76"),
        ("pt-br", 7650, "R$ 76,50"),
        ("pt-br", 110000, "R$ 1.100"),
        ("en", 110050, "R$ 1,100.50"),
        ("es", 7650, "R$ 76,50"),
    ],
)
def test_money_follows_the_language(language, centavos, written):
    with translation.override(language):
        assert money(centavos).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(
    ("language", "year", "written"),
    [
        ("pt-br", None, "12 de junho"),
        ("pt-br", 2027, "12 de junho de 2027"),
        ("en", None, "June 12"),
        ("es", None, "12 de junio"),
    ],
)
def test_calendar_day_follows_the_language(language, year, written):
    day = SpecialDay(tenant_id=1, month=6, day=12, year=year)

    with translation.override(language):
        assert calendar_day(day).lower() == written.lower()
        assert language != "en" or calendar_day(day) == written
