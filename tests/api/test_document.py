"""The API answers what its OpenAPI document says, whatever it is sent; and it can be read."""

from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.api import api
from promotions import attempts
from tenancy import tokens
from tenancy.context import tenant_scope
from tests.api.calling import API, LUA, get, post
from tests.factories.coupons import PERSONS, make_coupon, make_rule

pytestmark = pytest.mark.django_db

EXAMPLES = 20
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
STAYS = [
    {"suite_type": "loft", "period": "2h"},
    {"suite_type": "loft", "period": "pernoite", "arrival": "2026-06-12T23:00:00-03:00"},
]
GOOD = {
    "at": st.sampled_from(["2026-06-09T20:00:00-03:00", "2026-06-12T23:00:00Z"]),
    "code": st.sampled_from(["DEZ10", "DEZ10", "CPF10", "nada"]),
    "holder": st.sampled_from([{"cpf": PERSONS[0]}, {"cpf": "nada"}, None]),
    "property": st.just("lua"),
    "slug": st.sampled_from(["loft", "luxo"]),
    "stay": st.sampled_from(STAYS),
}
"""What of a question leads further than into the first refusal."""


def at_host(environ: dict[str, str]) -> Any:
    """Return the application as somebody there asks it."""
    application = get_wsgi_application()
    return lambda given, start: application({**given, **environ}, start)


def cases(document: Any, operation_id: str, mode: GenerationMode) -> Any:
    found = next(
        each.ok()
        for each in document.get_all_operations()
        if each.ok().definition.raw["operationId"] == operation_id
    )
    return found.as_strategy(generation_mode=mode)


CALLS = {
    call["operationId"]: call
    for path in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
    for call in path.values()
}
TAKING_SOMETHING = [
    name for name, call in CALLS.items() if call["parameters"] or "requestBody" in call
]


@pytest.fixture(params=["guest", "program"])
def environ(request, lua, monkeypatch):
    """Return the headers of a guest, and of a program; both have tries enough."""
    for name in ("BY_ADDRESS", "BY_DEVICE", "BY_IDENTIFIER"):
        monkeypatch.setattr(attempts, name, attempts.Allowance(10_000, 600))
    with tenant_scope(lua):
        make_coupon(make_rule(), "DEZ10")
        make_coupon(make_rule("pessoas"), "CPF10", identifier="cpf", limit_per_identifier=1)
        if request.param == "guest":
            return {"HTTP_HOST": LUA}
        key = f"Bearer {tokens.issue(name='programa')}"
    return {"HTTP_HOST": API, "HTTP_AUTHORIZATION": key, "HTTP_X_TENANT": "lua"}


@pytest.fixture
def held(environ):
    """Return the id of a use that a guest has reserved."""
    said = {"code": "DEZ10", "stay": STAYS[0]}
    return post("coupons/reservations", said, idempotency_key=str(uuid4())).json()["id"]


@pytest.fixture
def document(environ, held):
    """Return what the API says of itself, asked as a server asks it, in the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", at_host(environ))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def thoroughly(cases: Any):
    """Have a test run with many cases, the same ones each time."""

    def decorate(test):
        patient = settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        return patient(given(case=cases, data=st.data())(test))

    return decorate


@pytest.mark.parametrize("operation", CALLS)
def test_what_fits_gets_a_documented_answer(document, held, operation):
    @thoroughly(cases(document, operation, GenerationMode.POSITIVE))
    def ask(case, data):
        good = {**GOOD, "use_id": st.just(held)}
        for part in (case.query, case.path_parameters, case.body):
            if isinstance(part, dict):
                names = [name for name in good if name in part]
                part |= {name: data.draw(good[name]) for name in names}
        case.call_and_validate(checks=CHECKS)

    ask()


@pytest.mark.parametrize("operation", TAKING_SOMETHING)
def test_what_does_not_fit_is_refused_with_a_documented_answer(document, operation):
    @thoroughly(cases(document, operation, GenerationMode.NEGATIVE))
    def ask(case, data):
        case.call_and_validate(checks=[*CHECKS, negative_data_rejection])

    ask()


# --- the document -----------------------------------------------------------------------------


def test_the_document_is_openapi(lua):
    validate(get("openapi.json").json())


def test_every_call_says_what_it_does_and_which_problems_it_has(lua):
    document = get("openapi.json").json()

    for path in document["paths"].values():
        for call in path.values():
            assert call["summary"]
            assert call["description"]
            assert {"401", "403", "500", "503"} <= set(call["responses"])
            kinds = {
                status: list(answer["content"]) for status, answer in call["responses"].items()
            }
            for status, found in kinds.items():
                kind = "application/problem+json" if status >= "400" else "application/json"
                assert found == [kind]


def test_the_page_for_people_needs_no_other_host_and_no_script_of_its_own(lua):
    answer = Client(HTTP_HOST=LUA).get("/api/v1/docs")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "http://" not in html
    assert "https://" not in html
    for address in ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-init.js"):
        assert f"/static/ninja/{address}" in html
