"""Requests that come before there is a schema to look their host up in."""

import pytest
from django.test import Client

from tests.conftest import execute_as_owner

STATEMENTS = [
    "REVOKE SELECT ON tenancy_domain FROM PUBLIC, alcova_app",
    "ALTER TABLE tenancy_domain RENAME TO away",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_they_are_asked_to_come_again(lua, statement, caplog):
    execute_as_owner(statement)

    answer = Client().get("/", headers={"host": "lua.localhost"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "hosts_not_ready" in caplog.text
    assert not any(record.exc_info for record in caplog.records)
