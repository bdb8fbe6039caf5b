"""A CPF that comes to the API goes to the vault, and nowhere else."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenancy.context import tenant_scope
from tests.api.calling import LUA, get, post
from tests.conftest import execute_as_owner
from tests.factories.coupons import PERSONS, make_coupon, make_rule

pytestmark = pytest.mark.django_db

CPF = PERSONS[0]
DIGITS = "".join(each for each in CPF if each.isdigit())
STAY = {"suite_type": "loft", "period": "2h"}


@pytest.fixture(autouse=True)
def _coupon(lua):
    with tenant_scope(lua):
        make_coupon(make_rule(), "DEZ10", identifier="cpf", limit_per_identifier=1)


def in_its_place() -> Iterator[Any]:
    """Make the calls to which a CPF may come, with good and bad ones."""
    said = {"code": "DEZ10", "stay": STAY, "holder": {"cpf": CPF}}
    yield post("coupons/validate", said)
    yield post("coupons/reservations", said, idempotency_key=str(uuid4()))
    yield post("coupons/reservations", said, idempotency_key=str(uuid4()))
    yield post("coupons/validate", {**said, "holder": {"cpf": f"{CPF}0"}})
    yield post("coupons/validate", {**said, "holder": {"cpf": f"{CPF}{CPF}"}})


def elsewhere() -> Iterator[Any]:
    """Make calls with a CPF where none belongs."""
    said = {"code": "DEZ10", "stay": STAY, "holder": {"cpf": CPF}}
    yield post("coupons/validate", {**said, "holder": {DIGITS: CPF}})
    yield post("coupons/validate", {**said, "stay": {"suite_type": DIGITS}})
    yield post("coupons/validate", {**said, "code": DIGITS})
    yield post("coupons/validate", {**said, DIGITS: 1})
    yield post("coupons/validate", {**said, "property": DIGITS})
    yield post("coupons/reservations", said, idempotency_key=DIGITS)
    yield post(f"coupons/reservations/{DIGITS}/cancel", None)
    yield get(f"suites/{DIGITS}/prices")
    yield get(f"suites?property={DIGITS}&cpf={DIGITS}")
    yield Client(HTTP_HOST=LUA).post(
        "/api/v1/coupons/validate", f'{{"code": "{DIGITS}', content_type="application/json"
    )


def says_it(text: str) -> bool:
    return DIGITS in text or CPF in text


def test_no_answer_tells_it_back(lua):
    answers = [*in_its_place(), *elsewhere()]

    told = [answer.content.decode() + str(answer.headers) for answer in answers]
    assert [text for text in told if says_it(text)] == []


def test_no_log_record_and_no_statement_has_it(lua, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        list(in_its_place())

    assert [record for record in caplog.records if says_it(str(record.__dict__))] == []
    assert len(queries) > 10
    assert [query["sql"] for query in queries if says_it(query["sql"])] == []


def test_a_mistake_of_ours_does_not_log_it(lua, caplog, monkeypatch):
    monkeypatch.setattr("promotions.services.validate", lambda ask: 1 / 0)
    client = Client(HTTP_HOST=LUA, raise_request_exception=False)

    answer = post("coupons/validate", {"code": "DEZ10", "holder": {"cpf": CPF}}, client)

    assert answer.status_code == 500
    assert caplog.records
    assert not says_it(caplog.text)
    assert not says_it(answer.content.decode())


def test_no_key_and_no_value_in_redis_has_it(lua):
    [*in_its_place(), *elsewhere()]

    client = caches["default"]._cache.get_client()
    kept = [f"{key!r} {client.get(key)!r}" for key in client.scan_iter("*", _type="string")]
    assert kept
    assert [text for text in kept if says_it(text)] == []


def test_no_row_has_it(lua):
    [*in_its_place(), *elsewhere()]

    tables = execute_as_owner(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    found = [
        name
        for (name,) in tables
        if execute_as_owner(
            f'SELECT 1 FROM "{name}" t WHERE t::text LIKE %s OR t::text LIKE %s LIMIT 1',
            f"%{DIGITS}%",
            f"%{CPF}%",
        )
    ]
    assert found == []
