from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from suites.enums import DayClass
from suites.models import Stay, SuiteType
from suites.rules.calendars import Day
from suites.selectors.now import PriceNow, StayNow
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


FRIDAY_NOON = datetime(2026, 11, 27, 12)  # noqa: DTZ001 (local, as are the others)


@pytest.mark.parametrize(
    ("days", "written"),
    [(0, "12:30"), (1, "sábado, 12:30"), (6, "quinta-feira, 12:30"), (7, "4 de dezembro, 12:30")],
)
def test_soon_names_a_day_that_cannot_be_taken_for_another(days, written):
    coming = FRIDAY_NOON + timedelta(days=days, minutes=30)

    with translation.override("pt-br"):
        assert soon(coming, FRIDAY_NOON).lower() == written


def a_stay_now(list_centavos: int, centavos: int | None = None, *gifts: str) -> StayNow:
    return StayNow(
        stay=Stay(minutes=120),
        list_centavos=list_centavos,
        centavos=list_centavos if centavos is None else centavos,
        gifts=gifts,
        ends_at=None,
        inclusions=[],
        day=Day(FRIDAY_NOON.date(), DayClass.ANY),
    )


@pytest.mark.parametrize(
    ("stays", "said", "unsaid"),
    [
        ([], "À venda a partir de 12:30.", "Vale para quem chega"),
        (
            [a_stay_now(7600)],
            "Vale para quem chega antes de 12:30.",
            "À venda",
        ),
    ],
)
def test_prices_count_until_they_change_and_where_there_are_none_they_are_to_come(
    stays, said, unsaid
):
    now = PriceNow(SuiteType(), FRIDAY_NOON, stays, FRIDAY_NOON + timedelta(minutes=30))

    with translation.override("pt-br"):
        html = render_to_string("suites/includes/price_now.html", {"now": now})

    assert said in html
    assert unsaid not in html


def test_what_guests_pay_stands_before_the_house_s_price_and_what_they_get():
    now = PriceNow(SuiteType(), FRIDAY_NOON, [a_stay_now(7600, 6080, "20% de desconto")], None)

    with translation.override("pt-br"):
        html = render_to_string("suites/includes/price_now.html", {"now": now})

    text = " ".join(strip_tags(html).replace("\N{NO-BREAK SPACE}", " ").split())
    assert text.endswith("R$ 60,80 em vez de R$ 76 20% de desconto")
