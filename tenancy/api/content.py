"""What calls of the API know of a tenant's content: read once for a version of it."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from tenancy.context import require_tenant_id
from tenancy.store.facts import facts
from tenancy.store.versions import versions

T = TypeVar("T")


def of_version(name: Hashable, read: Callable[[], T]) -> T:
    """Return what `read` returns, asked once for a version of the tenant's content.

    The same as `tenancy.store.keeping.known` is for pages, and with the same conditions. Where
    versions are not followed, it is read.
    """
    if not versions.are_known:
        return read()
    tenant_id = require_tenant_id()
    return facts.get(tenant_id, versions.of(tenant_id), name, read)
