"""What the page store gives a request that it may keep the answer of: see `tenancy.store.wsgi`."""

from typing import Any

from tenancy.store.facts import facts
from tenancy.store.keeping import DRAFT, Draft
from tenancy.store.versions import versions

versions.start()


def begin(is_first: bool) -> dict[str, Any]:
    """Return what goes into a request's environment; the first of a version finds nothing known."""
    if is_first:
        facts.clear()
    return {DRAFT: Draft()}
