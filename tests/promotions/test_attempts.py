"""How often codes may be tried, and when an alarm is raised."""

import pytest
import structlog
from django.conf import settings
from redis import Redis

from promotions.attempts import BY_ADDRESS, BY_IDENTIFIER, LEAST_FAILURES, Attempt, may_try, note
from promotions.rules.eligibility import Finding, Reason
from tenancy.context import tenant_scope
from tenancy.models import AuditEntry
from tests.factories.coupons import PERSONS

pytestmark = pytest.mark.django_db

UNKNOWN = (Finding(Reason.NOT_FOUND, None),)
CLOSED = (Finding(Reason.OUTSIDE_HOUR_WINDOW, None),)


@pytest.fixture(autouse=True)
def _in_lua(lua):
    with tenant_scope(lua):
        yield


def test_an_address_has_so_many_tries_and_others_have_their_own(sol):
    tries = [may_try(Attempt("203.0.113.7")) for _try in range(BY_ADDRESS.tries + 1)]

    assert tries == [True] * BY_ADDRESS.tries + [False]
    assert may_try(Attempt("203.0.113.8"))
    with tenant_scope(sol):
        assert may_try(Attempt("203.0.113.7"))


def test_a_person_has_so_many_tries_wherever_they_are_and_however_they_write():
    tries = [
        may_try(Attempt(f"203.0.113.{number}", identifier=PERSONS[0]))
        for number in range(BY_IDENTIFIER.tries)
    ]

    assert all(tries)
    assert not may_try(Attempt("203.0.113.99", identifier=PERSONS[0].replace(".", "")))
    assert may_try(Attempt("203.0.113.99", identifier=PERSONS[1]))


def test_no_identifier_is_readable_where_tries_are_counted():
    may_try(Attempt("203.0.113.7", identifier=PERSONS[0]))

    keys = b" ".join(Redis.from_url(settings.REDIS_URL).keys("*")).decode()
    assert "throttle" in keys
    assert "52998224725" not in keys
    assert "203.0.113.7" not in keys
    assert PERSONS[0] not in repr(Attempt("x", identifier=PERSONS[0]))


def test_many_guesses_raise_one_alarm():
    with structlog.testing.capture_logs() as logs:
        for _guess in range(LEAST_FAILURES + 20):
            note(UNKNOWN)

    assert [line["event"] for line in logs] == ["coupons.guessed_at"]
    entry = AuditEntry.objects.get(action="promotions.code.guess")
    assert entry.data == {"tries": LEAST_FAILURES, "failures": LEAST_FAILURES}


def test_a_busy_evening_is_no_alarm():
    with structlog.testing.capture_logs() as logs:
        for number in range(3 * LEAST_FAILURES):
            note()
            note(CLOSED)
            if number % 2:
                note(UNKNOWN)

    assert logs == []
