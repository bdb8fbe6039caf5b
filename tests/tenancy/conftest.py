"""A connection as in service: the app role's own credentials, and no transaction around a test."""

from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.connections import connected, settings_of


@pytest.fixture
def app(db: None) -> Iterator[BaseDatabaseWrapper]:
    """Return a fresh connection in autocommit, which is the default one for the time being."""
    with connected(settings_of("app")) as connection:
        yield connection
