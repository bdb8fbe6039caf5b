"""How often strangers may try, and what happens then."""

import pytest
from django.test import Client

from promotions import attempts
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry
from tests.api.calling import LUA, post, problem, program_of
from tests.factories.coupons import PERSONS, make_coupon, make_rule

pytestmark = pytest.mark.django_db

KEY = "0b9d6a8e-5c1f-4c55-9a43-2f6f5d1a7c11"


@pytest.fixture
def few(monkeypatch, lua):
    """Let three be tried in each respect, five from an address."""
    monkeypatch.setattr(attempts, "BY_ADDRESS", attempts.Allowance(5, 600))
    monkeypatch.setattr(attempts, "BY_DEVICE", attempts.Allowance(3, 600))
    monkeypatch.setattr(attempts, "BY_IDENTIFIER", attempts.Allowance(3, 3600))


def ask(client: Client | None = None, **said: object):
    headers = said.pop("headers", {})
    return post("coupons/validate", {"code": "NADA", **said}, client, **headers)


def test_an_address_that_tries_too_often_is_told_when_to_come_back(few):
    answers = [ask() for _each in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert problem(answers[-1]) == (429, "too_many_attempts")
    assert answers[-1].headers["Retry-After"] == "600"


def test_reserving_and_giving_back_are_tries_as_well(few):
    for _each in range(5):
        ask()
    said = {"code": "NADA", "stay": {"suite_type": "loft", "period": "2h"}}

    assert problem(post("coupons/reservations", said, idempotency_key=KEY))[0] == 429
    assert problem(post(f"coupons/reservations/{KEY}/cancel", None))[0] == 429


def test_others_behind_other_addresses_go_on(few):
    for _each in range(6):
        ask()

    assert ask(Client(HTTP_HOST=LUA, REMOTE_ADDR="203.0.113.9")).status_code == 200


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"headers": {"device_id": "abcdefgh-1"}}, "600"),
        ({"holder": {"cpf": PERSONS[0]}}, "3600"),
    ],
    ids=["device", "identifier"],
)
def test_a_device_and_a_person_are_counted_at_all_addresses(few, said, seconds):
    def from_address(number: int):
        return ask(Client(HTTP_HOST=LUA, REMOTE_ADDR=f"203.0.113.{number}"), **said)

    answers = [from_address(number) for number in range(4)]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429]
    assert answers[-1].headers["Retry-After"] == seconds


def test_a_person_is_counted_however_their_number_is_written(few):
    written = [PERSONS[0], PERSONS[0].replace(".", ""), f" {PERSONS[0]}", PERSONS[0]]

    answers = [
        ask(Client(HTTP_HOST=LUA, REMOTE_ADDR=f"203.0.113.{number}"), holder={"cpf": cpf})
        for number, cpf in enumerate(written)
    ]

    assert [answer.status_code for answer in answers] == [200] * 3 + [429]


def test_who_works_for_the_house_is_not_counted(few, lua):
    program = program_of(lua)

    assert {ask(program, property="lua").status_code for _each in range(7)} == {200}


def test_one_company_s_tries_are_not_another_s(few, lua, sol):
    for _each in range(6):
        ask()

    assert ask(Client(HTTP_HOST="sol.localhost")).status_code == 200


def test_a_device_s_id_is_drawn_at_random_or_left_out(lua):
    answer = ask(headers={"device_id": "x"})

    assert problem(answer) == (422, "invalid")


@pytest.fixture
def watched(monkeypatch, lua):
    monkeypatch.setattr(attempts, "LEAST_FAILURES", 4)


def alarms(tenant) -> int:
    with tenant_scope(tenant):
        return AuditEntry.objects.filter(action="promotions.code.guess").count()


def test_where_most_tries_fail_the_alarm_is_raised_once(watched, lua, sol):
    for _each in range(3):
        ask()
    assert alarms(lua) == 0

    for _each in range(4):
        ask()

    assert (alarms(lua), alarms(sol)) == (1, 0)


def test_where_most_tries_hold_nobody_is_alarmed(watched, lua):
    with tenant_scope(lua):
        make_coupon(make_rule(), "DEZ10")

    for _each in range(5):
        ask()
        ask(code="DEZ10")
        ask(code="DEZ10")

    assert alarms(lua) == 0
