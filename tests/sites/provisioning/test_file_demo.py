"""The demo files are good files, and hold the prices of real motels."""

import re
from pathlib import Path

import pytest

import sites.demo
from sites.provisioning.reader import read
from suites.enums import DayClass
from theme.enums import Theme

FOLDER = Path(next(iter(sites.demo.__path__)))

LUA_NIGHT = ("kit-secreto", "prato-para-dois", "cafe-romantico")


@pytest.fixture(scope="module")
def lua():
    return read(FOLDER / "lua.toml")


@pytest.fixture(scope="module")
def sol():
    return read(FOLDER / "sol.toml")


def prices(motel):
    """Return {type: {stay: reais}} of ordinary days."""
    return {
        suite_type.slug: {
            price.stay: price.centavos / 100
            for price in suite_type.prices
            if price.special_day is None
        }
        for suite_type in motel.suite_types
    }


def test_hosts_languages_and_themes(lua, sol):
    motels = [*lua.properties, *sol.properties]

    assert [(m.hosts("localhost"), m.languages, m.theme) for m in motels] == [
        (("lua.localhost",), ("pt-br", "en", "es"), Theme.NIGHT),
        (("lua-centro.localhost",), ("pt-br", "en"), Theme.TROPICAL),
        (("sol.localhost",), ("pt-br", "en", "es"), Theme.CLEAR),
    ]


@pytest.mark.parametrize("company", ["lua", "sol"])
def test_one_person_in_each_role(company, request):
    people = request.getfixturevalue(company).people

    assert [person.email for person in people] == [
        f"{role}@{company}.test" for role in ("owner", "manager", "editor")
    ]
    assert [person.role for person in people] == ["owner", "manager", "editor"]


def test_case_1_has_periods_that_cost_the_same_every_day(lua):
    motel = lua.properties[0]
    all_prices = [price for suite_type in motel.suite_types for price in suite_type.prices]
    periods = [p.centavos for p in all_prices if p.stay != "pernoite"]

    assert [s.minutes for s in motel.stays] == [120, 180, 240, 360, None]
    assert str(motel.stays[-1].starts_at) == "22:00:00"
    assert list(prices(motel)) == ["loft", "flat", "premium"]
    assert len(periods) == 12
    assert (min(periods), max(periods)) == (7600, 41000)
    assert {p.day_class for p in all_prices} == {DayClass.ANY, DayClass.SPECIAL}


def test_case_1_changes_only_the_overnight_price_on_12_june(lua):
    motel = lua.properties[0]
    (day,) = motel.special_days

    special = [
        (suite_type.slug, price.stay, price.centavos, price.includes)
        for suite_type in motel.suite_types
        for price in suite_type.prices
        if price.special_day == day.slug
    ]

    assert (day.date.month, day.date.day, day.date.year) == (6, 12, None)
    assert special == [
        ("loft", "pernoite", 57000, LUA_NIGHT),
        ("flat", "pernoite", 73000, LUA_NIGHT),
        ("premium", "pernoite", 110000, LUA_NIGHT),
    ]


def test_case_2_includes_breakfast_in_the_last_two_types_only(lua):
    motel = lua.properties[1]
    night = motel.stays[1]
    found = prices(motel).values()

    assert (str(night.starts_at), str(night.ends_at)) == ("21:00:00", "11:00:00")
    nights = sorted(price["pernoite"] for price in found)
    hours = sorted(price["2h"] for price in found)
    assert (nights[0], nights[-1], hours[0], hours[-1]) == (235, 700, 110, 360)
    includes = {
        (suite_type.slug, price.stay): price.includes
        for suite_type in motel.suite_types
        for price in suite_type.prices
        if price.includes
    }
    assert includes == {("hidro", "pernoite"): ("cafe",), ("master", "pernoite"): ("cafe",)}


def test_case_3_has_its_prices(sol):
    (motel,) = sol.properties

    surveyed = {
        slug: {stay: reais for stay, reais in found.items() if stay in {"2h", "pernoite"}}
        for slug, found in prices(motel).items()
    }
    assert surveyed == {
        "luxo": {"2h": 105, "pernoite": 139},
        "super-luxo": {"2h": 115, "pernoite": 149},
        "panoramica": {"2h": 105, "pernoite": 139},
        "suite-master": {"2h": 169, "pernoite": 289},
    }
    assert {
        price.includes for t in motel.suite_types for price in t.prices if price.stay == "pernoite"
    } == {("cafe",)}
    assert {"hidro", "sauna"} <= set(motel.suite_types[-1].features)


def test_every_picture_that_was_drawn_is_used():
    used = {
        name
        for file in ("lua", "sol")
        for name in re.findall(r'"pictures/([a-z-]+\.jpg)"', (FOLDER / f"{file}.toml").read_text())
    }

    assert used == {path.name for path in (FOLDER / "pictures").glob("*.jpg")}
