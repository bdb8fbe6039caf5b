"""What is read once for a version of a tenant's content."""

from collections.abc import Iterator
from itertools import count

import pytest
from django.http import HttpRequest

from tenancy.store.facts import Facts
from tenancy.store.keeping import DRAFT, Draft, known

LUA, SOL = 1, 2


@pytest.fixture
def numbers() -> Iterator[int]:
    return count(1)


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        ([(LUA, 1, "a"), (LUA, 1, "a")], [1, 1]),
        ([(LUA, 1, "a"), (LUA, 1, "b"), (LUA, 1, "a")], [1, 2, 1]),
        ([(LUA, 1, "a"), (LUA, 2, "a"), (LUA, 2, "a")], [1, 2, 2]),
        ([(LUA, 1, "a"), (SOL, 1, "a"), (LUA, 1, "a"), (SOL, 1, "a")], [1, 2, 1, 2]),
        ([(LUA, 1, "a"), (SOL, 2, "a"), (LUA, 1, "a")], [1, 2, 1]),
    ],
    ids=["same", "other name", "other version", "other tenant", "other tenant's version"],
)
def test_what_is_known_of_a_version_is_read_once(numbers, asked, answers):
    facts = Facts()

    assert [facts.get(*each, lambda: next(numbers)) for each in asked] == answers


def test_what_is_known_of_the_tenant_asked_for_longest_ago_goes_first(numbers):
    facts = Facts(most_tenants=2)

    for tenant_id in (LUA, SOL, LUA, 3):
        facts.get(tenant_id, 1, "a", lambda: next(numbers))

    assert facts.get(LUA, 1, "a", lambda: next(numbers)) == 1
    assert facts.get(SOL, 1, "a", lambda: next(numbers)) == 4


def test_what_cannot_be_read_is_not_known(numbers):
    facts = Facts()

    with pytest.raises(ZeroDivisionError):
        facts.get(LUA, 1, "a", lambda: 1 // 0)

    assert facts.get(LUA, 1, "a", lambda: next(numbers)) == 1


def request_of(draft: Draft | None, **attributes: object) -> HttpRequest:
    request = HttpRequest()
    if draft is not None:
        request.META[DRAFT] = draft
    vars(request).update(attributes)
    return request


@pytest.mark.parametrize(
    ("draft", "attributes", "answers"),
    [
        (Draft(tenant_id=LUA, version=7), {}, [1, 1]),
        (Draft(), {}, [1, 2]),
        (None, {}, [1, 2]),
        (Draft(tenant_id=LUA, version=7), {"is_dummy": True}, [1, 2]),
        (Draft(tenant_id=LUA, version=7), {"as_of": "2026-12-24"}, [1, 2]),
    ],
    ids=["guest", "no view", "no store", "preview", "preview as of an instant"],
)
def test_only_guests_pages_are_given_what_is_known(
    monkeypatch, numbers, draft, attributes, answers
):
    monkeypatch.setattr("tenancy.store.keeping.facts", Facts())

    found = [
        known(request_of(draft, **attributes), "a", lambda: next(numbers)) for _again in range(2)
    ]

    assert found == answers
