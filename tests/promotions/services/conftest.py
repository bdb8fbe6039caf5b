"""A motel of lua's, in whose company tests work."""

from collections.abc import Iterator

import pytest

from privacy import epochs
from tenancy.context import tenant_scope
from tenancy.models import Property


@pytest.fixture
def motel(lua) -> Iterator[Property]:
    with tenant_scope(lua):
        yield Property.objects.select_related("site").get(slug="lua")


@pytest.fixture
def other_motel(motel) -> Property:
    return Property.objects.select_related("site").get(slug="lua-centro")


@pytest.fixture(autouse=True)
def _fresh_vault() -> Iterator[None]:
    """Have the process know no key of the vault: those of other tests were never committed."""
    epochs.forget()
    yield
    epochs.forget()
