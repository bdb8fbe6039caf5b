"""How errors are said: as problems, in the reader's language, without what was sent."""

import json

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import translation

from tests.api.calling import API, LUA, fields, get, post, problem, program_of

pytestmark = pytest.mark.django_db

VALIDATE = "/api/v1/coupons/validate"
MARK = "52998224725"
ONE = {"currency": "BRL", "minor": 1}
PATTERN, TOO_LITTLE, UNKNOWN = "string_pattern_mismatch", "greater_than_equal", "literal_error"


def send(body: bytes | str, kind: str = "application/json"):
    return Client(HTTP_HOST=LUA).post(VALIDATE, body, content_type=kind)


@pytest.mark.parametrize("path", ["", "nada", "nada/", "suites/", "coupons", "../v2/suites"])
def test_an_address_that_is_none_is_a_problem(lua, path):
    assert problem(get(path)) == (404, "not_found")
    assert problem(Client(HTTP_HOST=LUA).post(f"/api/v1/{path}")) == (404, "not_found")


@pytest.mark.parametrize("path", [MARK, f"suites/{MARK}", f"redemptions/{MARK}/reverse"])
def test_what_somebody_made_up_is_not_told_back(lua, path):
    answer = get(path)

    assert problem(answer) == (404, "not_found")
    assert MARK not in answer.content.decode()


def test_a_method_that_is_not_for_the_address_is_a_problem_that_says_which_are(lua):
    answer = Client(HTTP_HOST=LUA).post("/api/v1/suites")

    assert problem(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET"
    assert answer.json()["instance"] == "/api/v1/suites"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_said_to_be_json_is_a_problem(lua, kind):
    assert problem(send("{}", kind)) == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", ["{", "nada", '"' * 9, "[" * 100_000, b"\xff", b"1" * 5000])
def test_a_body_that_cannot_be_read_is_a_problem(lua, body):
    assert problem(send(body)) == (400, "bad_request")


def test_a_body_that_is_too_large_is_a_problem(lua):
    assert problem(send("x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))) == (413, "too_large")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ([], [("body", "model_attributes_type")]),
        ({}, [("body.code", "missing")]),
        ({"code": 5}, [("body.code", "string_type")]),
        ({"code": ""}, [("body.code", "string_too_short")]),
        ({"code": "x" * 65}, [("body.code", "string_too_long")]),
        ({"code": "a\x00b"}, [("body.code", PATTERN)]),
        ({"code": "A", MARK: 1}, [("body", "extra_forbidden")]),
        ({"code": "A", "stay": {MARK: 1}}, [("body.stay", "extra_forbidden")]),
        ({"code": "A", "holder": {}}, [("body.holder", "unknown_holder")]),
        ({"code": "A", "holder": {"cpf": 5}}, [("body.holder.cpf", "string_type")]),
        ({"code": "A", "holder": {"cpf": MARK * 40}}, [("body.holder.cpf", "too_long")]),
        ({"code": "A", "at": MARK}, [("body.at", "instant")]),
        ({"code": "A", "stay": {"arrival": 5}}, [("body.stay.arrival", "instant")]),
        ({"code": "A", "stay": {"period": "x y"}}, [("body.stay.period", PATTERN)]),
        ({"code": "A", "stay": {"people": "2"}}, [("body.stay.people", "int_type")]),
        ({"code": "A", "stay": {"people": True}}, [("body.stay.people", "int_type")]),
        ({"code": "A", "amount": {**ONE, "currency": "USD"}}, [("body.amount.currency", UNKNOWN)]),
        ({"code": "A", "amount": {**ONE, "minor": -1}}, [("body.amount.minor", TOO_LITTLE)]),
        ({"code": "A", "amount": {**ONE, "minor": 1.5}}, [("body.amount.minor", "int_type")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_not_told_back(lua, said, wrong):
    answer = post("coupons/validate", said)

    assert problem(answer) == (422, "invalid")
    assert fields(answer) == wrong
    assert MARK not in answer.content.decode()


def test_text_that_is_no_text_is_a_problem(lua):
    assert problem(send('{"code": "\\ud800"}')) == (400, "bad_request")
    assert problem(send('{"code": "A", "holder": {"cpf": "\\ud800"}}')) == (400, "bad_request")


def test_a_program_without_a_good_key_is_told_so(lua, sol):
    answer = get("suites", API)
    other = program_of(lua).get("/api/v1/suites", headers={"x-tenant": "sol"})

    assert problem(answer) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert problem(other) == (403, "forbidden")


def test_a_mistake_of_ours_is_a_problem_that_says_nothing_of_it(lua, monkeypatch):
    monkeypatch.setattr("suites.api.calls.near", lambda *args, **kwargs: 1 / 0)
    client = Client(HTTP_HOST=LUA, raise_request_exception=False)

    answer = client.get("/api/v1/suites/loft/prices")

    assert problem(answer) == (500, "server_error")
    assert "division" not in answer.content.decode()


@pytest.mark.parametrize("place", ["suites.api.calls.near", "tenancy.hosts.resolve"])
def test_while_the_database_is_away_it_is_said_when_to_ask_again(lua, monkeypatch, place):
    def fail(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(place, fail)
    client = Client(HTTP_HOST=LUA, raise_request_exception=False)

    answer = client.get("/api/v1/suites/loft/prices")

    assert problem(answer) == (503, "unavailable")
    assert answer.headers["Retry-After"] == "10"


def test_problems_are_said_in_the_reader_s_language(lua, settings, tmp_path, monkeypatch):
    from tenancy.api import problems

    said = []
    kind = problems.NOT_FOUND
    monkeypatch.setattr(
        "config.api.calls.answer",
        lambda request, _problem: (
            said.append(translation.get_language())
            or problems.answer(request, problems.Problem(kind))
        ),
    )

    answer = get("nada", **{"accept-language": "es-AR, pt;q=0.2"})

    assert said == ["es"]
    assert answer.headers["Content-Language"] == "es"


def test_problems_are_kept_by_nobody(lua):
    assert get("nada").headers["Cache-Control"] == "no-store"
    assert json.loads(get("nada").content)["status"] == 404
