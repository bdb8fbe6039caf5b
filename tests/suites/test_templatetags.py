from datetime import date, datetime

import pytest
from django.utils import translation

from suites.templatetags.suites import calendar_day, money, soon


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
    ("language", "style", "written"),
    [
        ("pt-br", "MONTH_DAY_FORMAT", "12 de junho"),
        ("pt-br", "DATE_FORMAT", "12 de junho de 2027"),
        ("en", "MONTH_DAY_FORMAT", "June 12"),
        ("es", "MONTH_DAY_FORMAT", "12 de junio"),
    ],
)
def test_calendar_day_follows_the_language(language, style, written):
    day = date(2027, 6, 12)

    with translation.override(language):
        assert calendar_day(day, style).lower() == written.lower()
        assert language != "en" or calendar_day(day, style) == written


@pytest.mark.parametrize(("at", "written"), [((27, 22), "22:00"), ((28, 4), "sábado, 04:00")])
def test_soon_names_the_day_unless_it_is_today(at, written):
    day, hour = at

    with translation.override("pt-br"):
        assert soon(datetime(2026, 11, day, hour), datetime(2026, 11, 27, 12)) == written  # noqa: DTZ001 (both are local)
