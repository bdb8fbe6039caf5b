"""Migrating is skipped only when nothing has changed since the last time."""

from collections.abc import Iterator

import pytest
from psycopg import connect

from infra.local.postgres import Postgres
from infra.local.schema import is_current, note_current
from tests.infra.conftest import temporary_checkout

CREATE_HISTORY = "CREATE TABLE django_migrations (id int GENERATED ALWAYS AS IDENTITY)"


@pytest.fixture(scope="module")
def owner_url() -> Iterator[str]:
    with temporary_checkout() as checkout:
        server = Postgres(checkout, for_tests=True)
        with server.running():
            yield server.urls()["DATABASE_OWNER_URL"]


def test_new_database_is_not_current_until_noted(owner_url):
    assert not is_current(owner_url)

    note_current(owner_url)

    assert is_current(owner_url)


@pytest.mark.parametrize("change", [CREATE_HISTORY, "INSERT INTO django_migrations DEFAULT VALUES"])
def test_database_is_not_current_after_others_have_migrated_it(owner_url, change):
    note_current(owner_url)
    with connect(owner_url) as connection:
        connection.execute(change)

    assert not is_current(owner_url)


def test_database_is_not_current_after_the_code_has_changed(owner_url, tmp_path, monkeypatch):
    note_current(owner_url)
    (tmp_path / "suites" / "migrations").mkdir(parents=True)
    (tmp_path / "suites" / "migrations" / "0002_more.py").touch()

    monkeypatch.setattr("infra.local.schema.ROOT", tmp_path)

    assert not is_current(owner_url)
