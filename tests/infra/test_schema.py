"""Migrating and provisioning are skipped only when nothing has changed since the last time."""

from collections.abc import Iterator

import pytest
from psycopg import connect

from infra.local.postgres import Postgres
from infra.local.schema import MIGRATIONS, PROVISIONING, is_done, note_done
from tests.infra.conftest import temporary_checkout

CREATE_HISTORY = "CREATE TABLE django_migrations (id int GENERATED ALWAYS AS IDENTITY)"


@pytest.fixture(scope="module")
def owner_url() -> Iterator[str]:
    with temporary_checkout() as checkout:
        server = Postgres(checkout, for_tests=True)
        with server.running():
            yield server.urls()["DATABASE_OWNER_URL"]


def test_new_database_is_not_current_until_noted(owner_url):
    assert not is_done(MIGRATIONS, owner_url)

    note_done(MIGRATIONS, owner_url)

    assert is_done(MIGRATIONS, owner_url)


@pytest.mark.parametrize("change", [CREATE_HISTORY, "INSERT INTO django_migrations DEFAULT VALUES"])
def test_database_is_not_current_after_others_have_migrated_it(owner_url, change):
    note_done(MIGRATIONS, owner_url)
    with connect(owner_url) as connection:
        connection.execute(change)

    assert not is_done(MIGRATIONS, owner_url)


def test_database_is_not_current_after_the_code_has_changed(owner_url, tmp_path, monkeypatch):
    note_done(MIGRATIONS, owner_url)
    (tmp_path / "suites" / "migrations").mkdir(parents=True)
    (tmp_path / "suites" / "migrations" / "0002_more.py").touch()

    monkeypatch.setattr("infra.local.schema.ROOT", tmp_path)

    assert not is_done(MIGRATIONS, owner_url)


TABLES = (
    "tenancy_applieditem",
    "tenancy_domain",
    "tenancy_membership",
    "auth_group_permissions",
    "wagtailcore_grouppagepermission",
)


@pytest.fixture
def provisioned_url(owner_url: str) -> Iterator[str]:
    """Make what is counted, and note the work; take it away in the end."""
    everything = (*TABLES, "tenancy_user")
    with connect(owner_url) as connection:
        for table in everything:
            connection.execute(f"CREATE TABLE {table} (password text DEFAULT 'x')")
            connection.execute(f"INSERT INTO {table} DEFAULT VALUES")
    note_done(PROVISIONING, owner_url, under=["localhost", "8000"])
    yield owner_url
    with connect(owner_url) as connection:
        connection.execute(f"DROP TABLE {', '.join(everything)}")


def is_provisioned(url: str, port: str = "8000") -> bool:
    return is_done(PROVISIONING, url, under=["localhost", port])


def test_what_is_provisioned_need_not_be_again(provisioned_url):
    assert is_provisioned(provisioned_url)
    assert not is_provisioned(provisioned_url, port="8001")


@pytest.mark.parametrize("loss", [f"DELETE FROM {table}" for table in TABLES])
def test_what_somebody_took_away_is_provisioned_again(provisioned_url, loss):
    with connect(provisioned_url) as connection:
        connection.execute(loss)

    assert not is_provisioned(provisioned_url)


def test_who_lost_the_password_gets_it_again(provisioned_url):
    with connect(provisioned_url) as connection:
        connection.execute("UPDATE tenancy_user SET password = ''")

    assert not is_provisioned(provisioned_url)


def test_a_changed_file_of_a_company_is_provisioned(provisioned_url, tmp_path, monkeypatch):
    (tmp_path / "sites" / "demo").mkdir(parents=True)
    (tmp_path / "sites" / "demo" / "lua.toml").touch()

    monkeypatch.setattr("infra.local.schema.ROOT", tmp_path)

    assert not is_provisioned(provisioned_url)
