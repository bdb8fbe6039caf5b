"""What the API says of suites and prices."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from suites.models import StayPrice, SuiteType
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import CENTRO, LUA, NOON, STAFF, fields, get, problem, program_of
from tests.factories.promotions import make_rule
from tests.factories.suites import make_suite

pytestmark = pytest.mark.django_db

BRL = {"currency": "BRL"}
PRICES = "suites/loft/prices"
NIGHT = "2026-06-12T23:00:00-03:00"


def stays(answer):
    return {stay["slug"]: stay for stay in answer.json()["stays"]}


def test_suites_are_told_with_their_prices(lua):
    answer = get("suites")

    assert answer.status_code == 200
    assert answer.json() == {
        "property": {"slug": "lua", "name": "Motel Lua", "timezone": "America/Sao_Paulo"},
        "at": "2026-06-09T12:00:00-03:00",
        "suites": [
            {
                "slug": "loft",
                "name": "Loft",
                "summary": "Amplo.",
                "url": "http://lua.localhost/suites/loft/",
                "people": 2,
                "capacity": 2,
                "area_m2": None,
                "features": [{"slug": "hidro", "name": "Hidromassagem"}],
                "accessibility": [],
                "is_available": True,
                "starting_price": {**BRL, "minor": 7600},
                "price_now": {**BRL, "minor": 7600},
            }
        ],
    }


def test_suites_are_told_in_the_reader_s_language_or_the_house_s(lua):
    english = get("suites", **{"accept-language": "fr, en;q=0.8"})
    spanish = get("suites", **{"accept-language": "es"})

    assert english.headers["Content-Language"] == "en"
    assert "Accept-Language" in english.headers["Vary"]
    assert english.json()["suites"][0]["url"] == "http://lua.localhost/en/suites/loft/"
    assert english.json()["suites"][0]["summary"] == "Roomy."
    assert spanish.json()["suites"][0]["summary"] == "Amplo."


def test_a_stay_is_quoted_as_of_an_instant_or_it_is_said_when_it_is_sold(lua):
    now = stays(get(PRICES))
    then = stays(get(f"{PRICES}?at={NIGHT}"))

    assert now["2h"]["quote"] == {
        "price": {**BRL, "minor": 7600},
        "off": {**BRL, "minor": 0},
        "total": {**BRL, "minor": 7600},
        "gifts": [],
        "lines": [
            {
                "item": "stay",
                "unit": {**BRL, "minor": 7600},
                "count": 1,
                "amount": {**BRL, "minor": 7600},
            }
        ],
        "includes": [],
        "day": {"date": "2026-06-09", "day_class": "weekday", "reason": ""},
        "ends_at": "2026-06-09T14:00:00-03:00",
        "leaves_by": "2026-06-09T14:00:00-03:00",
    }
    assert now["pernoite"]["quote"] is None
    assert now["pernoite"]["refusal"] == {
        "reason": "shut",
        "opens_at": "2026-06-12T22:00:00-03:00",
        "closes_at": "2026-06-13T12:00:00-03:00",
    }
    assert then["pernoite"]["quote"]["price"] == {**BRL, "minor": 57000}
    assert then["pernoite"]["quote"]["day"]["reason"] == "Dia dos Namorados"
    assert then["pernoite"]["quote"]["includes"] == ["Café da manhã"]


def test_what_promotions_give_without_a_code_is_in_the_total_for_those_who_ask_now(lua):
    with tenant_scope(lua):
        make_rule("quinta-parte", percent=20, is_automatic=True)
        make_rule("de-vespera", percent=50, is_automatic=True, lead_minutes=24 * 60)

    now = stays(get(PRICES))["2h"]["quote"]
    later = stays(get(f"{PRICES}?at={NIGHT}"))["pernoite"]["quote"]

    assert (now["price"]["minor"], now["off"]["minor"], now["total"]["minor"]) == (7600, 1520, 6080)
    assert now["gifts"] == ["20% de desconto"]
    assert (later["off"]["minor"], later["gifts"]) == (28500, ["50% de desconto"])
    assert get("suites").json()["suites"][0]["price_now"]["minor"] == 6080


def test_further_people_and_hours_are_in_the_quote(lua):
    with tenant_scope(lua):
        SuiteType.objects.filter(slug="loft").update(
            capacity=4, extra_person_centavos=1000, extra_hour_centavos=2000
        )

    quote = stays(get(f"{PRICES}?people=3&extra_hours=2"))["2h"]["quote"]

    assert quote["price"]["minor"] == 7600 + 1000 + 2 * 2000
    assert [line["item"] for line in quote["lines"]] == ["stay", "extra_hour", "extra_person"]
    assert stays(get(f"{PRICES}?people=5"))["2h"]["refusal"]["reason"] == "too_many_people"


def test_the_table_has_all_prices(lua):
    table = get(PRICES).json()["table"]

    assert table["day_classes"] == ["any"]
    assert table["rows"] == [
        {
            "stay": "2h",
            "cells": [[{"price": {**BRL, "minor": 7600}, "arrives": None, "includes": []}]],
        }
    ]
    [special] = table["specials"]
    assert (special["name"], special["date"]) == ("Dia dos Namorados", "2026-06-12")
    assert special["rows"][0]["prices"][0]["price"]["minor"] == 57000


def test_suites_that_are_shut_have_no_quote(lua):
    with tenant_scope(lua):
        for suite in SuiteType.objects.get(slug="loft").suites.all():
            suite.state = "maintenance"
            suite.save()

    assert get("suites").json()["suites"][0]["is_available"] is False
    assert stays(get(PRICES))["2h"]["refusal"]["reason"] == "out_of_use"


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("at=2026-06-12T23:00:00", ("query.at", "instant")),
        ("at=1781000000", ("query.at", "instant")),
        ("at=2026-02-30T23:00:00Z", ("query.at", "instant")),
        ("at=2026-06-07T23:00:00Z", ("query.at", "out_of_range")),
        ("at=2027-12-01T23:00:00Z", ("query.at", "out_of_range")),
        ("people=0", ("query.people", "greater_than_equal")),
        ("people=two", ("query.people", "int_parsing")),
        ("extra_hours=25", ("query.extra_hours", "less_than_equal")),
        ("property=lua-centro", ("query.property", "unknown")),
        ("property=%20", ("query.property", "string_pattern_mismatch")),
    ],
)
def test_what_is_wrong_with_a_question_is_said_at_its_field(lua, query, wrong):
    answer = get(f"{PRICES}?{query}")

    assert problem(answer) == (422, "invalid")
    assert fields(answer) == [wrong]


@pytest.mark.parametrize("slug", ["nada", "luxo"])
def test_a_suite_of_no_house_or_of_another_is_not_found(lua, slug):
    assert problem(get(f"suites/{slug}/prices")) == (404, "not_found")


def test_a_program_says_which_house_where_there_are_many(lua, sol):
    program = program_of(lua)

    def ask(query: str):
        return program.get(f"/api/v1/suites{query}")

    assert ask("?property=lua-centro").json()["property"]["name"] == "Lua Centro"
    assert fields(ask("")) == [("query.property", "missing")]
    assert fields(ask("?property=sol")) == [("query.property", "unknown")]
    assert program_of(sol).get("/api/v1/suites").json()["property"]["slug"] == "sol"


def test_the_house_s_own_host_needs_no_word_of_it(lua):
    assert get("suites", CENTRO).json()["property"]["slug"] == "lua-centro"
    assert get("suites?property=lua").status_code == 200
    assert fields(get("suites", STAFF)) == [("query.property", "missing")]


def test_answers_are_kept_for_seconds_and_no_longer_than_they_are_true(lua):
    first = get(PRICES)
    with tenant_scope(lua):
        StayPrice.objects.filter(suite_type__slug="loft").update(centavos=9900)

    assert first.headers["Cache-Control"] == "public, max-age=5"
    with time_machine.travel(NOON + timedelta(seconds=4), tick=False):
        assert get(PRICES).content == first.content
        assert get(PRICES).headers["Cache-Control"] == "public, max-age=1"
    with time_machine.travel(NOON + timedelta(seconds=5), tick=False):
        assert stays(get(PRICES))["2h"]["quote"]["price"]["minor"] == 9900


def test_an_answer_ends_with_what_it_shows(lua):
    with time_machine.travel("2026-06-12T21:59:58.500-03:00", tick=False):
        before = get(PRICES)
    with time_machine.travel("2026-06-12T22:00:00-03:00", tick=False):
        after = get(PRICES)

    assert before.headers["Cache-Control"] == "public, max-age=1"
    assert stays(before)["pernoite"]["quote"] is None
    assert stays(after)["pernoite"]["quote"] is not None


def test_what_is_kept_is_kept_by_language_question_and_house(lua):
    questions = [
        (PRICES, LUA, "pt-br"),
        (PRICES, LUA, "en"),
        (f"{PRICES}?people=1", LUA, "pt-br"),
        ("suites", LUA, "pt-br"),
        ("suites", CENTRO, "pt-br"),
    ]
    fresh = [get(path, host, **{"accept-language": code}).content for path, host, code in questions]
    kept = [get(path, host, **{"accept-language": code}).content for path, host, code in questions]

    assert kept == fresh
    assert len(set(fresh)) == len(fresh)


def test_what_a_program_gets_nobody_on_the_way_keeps_for_others(lua):
    answer = program_of(lua).get("/api/v1/suites?property=lua")

    assert answer.headers["Cache-Control"] == "private, max-age=5"
    assert get(f"{PRICES}?at={NIGHT}").headers["Cache-Control"] == "no-store"


def test_more_suites_cost_no_more_queries(lua):
    def cost(path: str) -> int:
        from django.core.cache import cache

        with tenant_scope(lua):
            cache.clear()
        Client(HTTP_HOST=LUA).get("/")  # Wagtail's own caches are warm
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert get(f"{path}?property=lua").status_code == 200
        return len(queries)

    before = [cost("suites"), cost(PRICES)]
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua")
        for number in range(4):
            make_suite(house, f"tipo-{number}")

    assert [cost("suites"), cost(PRICES)] == before
