"""What the API says of promotions, and what it tries them with."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from promotions.enums import Effect
from promotions.models import PromotionRule
from promotions.pages import PromotionPage
from tenancy.context import tenant_scope
from tenancy.models import Property
from tests.api.calling import CENTRO, LUA, NOON, fields, get, post, problem, program_of
from tests.factories.promotions import make_promotion, make_rule, make_window

pytestmark = pytest.mark.django_db

BRL = {"currency": "BRL"}
STAY = {"suite_type": "loft", "period": "2h"}
SIMULATE = "promotions/simulate"
EVENING = "2026-06-09T20:00:00-03:00"


@pytest.fixture
def program(lua):
    return program_of(lua)


def promotions(path: str = "promotions", host: str = LUA, **headers: str) -> dict[str, dict]:
    return {each["slug"]: each for each in get(path, host, **headers).json()["promotions"]}


def simulate(client, **said: object) -> dict[str, dict]:
    answer = post(SIMULATE, {"property": "lua", "stay": STAY, **said}, client)
    assert answer.status_code == 200
    return {each["name"]: each for each in answer.json()["promotions"]}


def test_promotions_are_told_with_what_they_give_and_when(lua):
    with tenant_scope(lua):
        rule = PromotionRule.objects.get(slug="lua-terca")

    found = promotions()["terca"]

    assert found == {
        "slug": "terca",
        "title": "Terça",
        "summary": "Três horas.",
        "url": "http://lua.localhost/promocoes/terca/",
        "promotion_id": str(rule.pk),
        "automatic": rule.is_automatic,
        "effect": {
            "type": "percent",
            "percent": 20,
            "cap": None,
            "amount": None,
            "price": None,
            "hours": None,
            "courtesy": "",
            "text": found["effect"]["text"],
        },
        "dates": {"begins_at": "2026-01-01T00:00:00-03:00", "ends_at": None},
        "is_open": False,
        "opens": {
            "begins_at": "2026-06-09T18:00:00-03:00",
            "ends_at": "2026-06-10T02:00:00-03:00",
        },
        "suites": ["loft"],
        "stays": ["2h"],
    }


def test_promotions_are_told_as_of_an_instant(lua):
    assert promotions(f"promotions?at={EVENING}")["terca"]["is_open"] is True
    away = get("promotions?at=2029-01-01T00:00:00Z")

    assert fields(away) == [("query.at", "out_of_range")]


def test_promotions_are_told_in_the_reader_s_language(lua):
    english = promotions(**{"accept-language": "en"})["terca"]

    assert (english["title"], english["url"]) == (
        "Tuesday",
        "http://lua.localhost/en/promocoes/terca/",
    )


def test_only_what_is_in_force_here_is_told(lua):
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua")
        make_promotion(house, "depois", starts_at=NOON + timedelta(days=1))
        make_promotion(house, "rascunho", live=False)

    assert promotions().keys() == {"terca"}
    assert promotions(host=CENTRO) == {}


def test_an_answer_is_kept_no_longer_than_until_a_promotion_opens(lua):
    with time_machine.travel(datetime(2026, 6, 9, 20, 59, 58, tzinfo=UTC), tick=False):
        before = get("promotions")
    with time_machine.travel(datetime(2026, 6, 9, 21, 0, tzinfo=UTC), tick=False):
        after = promotions()

    assert before.headers["Cache-Control"] == "public, max-age=2"
    assert before.json()["promotions"][0]["is_open"] is False
    assert after["terca"]["is_open"] is True


def test_more_promotions_cost_no_more_queries(lua):
    def cost(minutes: int) -> int:
        later = NOON + timedelta(minutes=minutes)  # what was kept has ended
        with time_machine.travel(later, tick=False), CaptureQueriesContext(connection) as queries:
            assert promotions()
        return len(queries)

    promotions()  # Wagtail's own caches are warm
    before = cost(1)
    with tenant_scope(lua):
        house = Property.objects.get(slug="lua")
        for number in range(4):
            make_promotion(house, f"numero-{number}", windows=[make_window("10:00-20:00")])

    assert cost(2) <= before


# --- simulation -------------------------------------------------------------------------------


def test_a_simulation_says_of_each_promotion_whether_and_why_not(lua, program):
    noon, evening = simulate(program), simulate(program, at=EVENING)

    [name] = noon
    assert noon[name]["holds"] is False
    assert noon[name]["reasons"][0]["code"] == "OUTSIDE_HOUR_WINDOW"
    assert noon[name]["reasons"][0]["next_valid"]["begins_at"] == "2026-06-09T18:00:00-03:00"
    assert evening[name]["holds"] is True
    assert evening[name]["discount"]["amount"] == {**BRL, "minor": 1520}


def test_a_simulation_is_of_drafts_unless_it_is_not(lua, program):
    with tenant_scope(lua):
        make_rule("nova", publish=False, is_automatic=True)

    assert "Nova" in simulate(program)
    assert "Nova" not in simulate(program, drafts=False)


def test_a_simulation_adds_up_what_is_best(lua, program):
    with tenant_scope(lua):
        make_rule("a", percent=10, is_automatic=True)
        make_rule("b", percent=None, effect=Effect.AMOUNT, amount_centavos=2000, is_automatic=True)

    answer = post(SIMULATE, {"property": "lua", "stay": STAY}, program).json()

    assert answer["price"]["minor"] == 7600
    assert answer["discount"]["minor"] == 2000
    assert answer["total"]["minor"] == 5600
    assert [each["name"] for each in answer["promotions"] if each["is_applied"]] == ["B"]


def test_a_simulation_is_of_any_instant(lua, program):
    years = simulate(program, at="2049-06-08T20:00:00-03:00", amount={**BRL, "minor": 10000})

    assert [each["holds"] for each in years.values()] == [True]


def test_editors_simulate_and_strangers_do_not(lua, staff):
    said = {"property": "lua", "stay": STAY}

    assert problem(post(SIMULATE, said)) == (401, "unauthorized")
    assert post(SIMULATE, said, staff(lua, "editor")).status_code == 200
    with tenant_scope(lua):
        assert PromotionPage.objects.live().exists()
