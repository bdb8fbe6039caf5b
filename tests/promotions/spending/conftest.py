"""Processes that have just started."""

from collections.abc import Iterator

import pytest

from privacy import epochs


@pytest.fixture(autouse=True)
def _fresh_vault() -> Iterator[None]:
    """Have the process know no key of the vault: those of other tests were never committed."""
    epochs.forget()
    yield
    epochs.forget()
