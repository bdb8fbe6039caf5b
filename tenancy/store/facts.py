"""What a process has read of tenants' content, kept as long as each tenant's version stands.

A page that is rendered anew, because a price turned or because others of its site were asked for,
then asks for nothing that the page before it has read: not for the site, its menus or its prices.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache

T = TypeVar("T")

MOST_TENANTS = 16
"""Of more, a process knows those that were asked for last."""


class Facts:
    """Facts by tenant and name; those of another version are forgotten all at once.

    What is kept is given to many requests, and to their threads: nobody changes it. Names are
    few for a tenant, and never come from a guest.
    """

    def __init__(self, most_tenants: int = MOST_TENANTS) -> None:
        self._known: LRUCache[int, tuple[int, dict[Hashable, Any]]] = LRUCache(most_tenants)
        self._lock = Lock()

    def get(self, tenant_id: int, version: int, name: Hashable, read: Callable[[], T]) -> T:
        """Return what `read` returns, asked once for a version of the tenant's content."""
        facts = self._of(tenant_id, version)
        if name not in facts:
            facts[name] = read()
        found: T = facts[name]
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()

    def _of(self, tenant_id: int, version: int) -> dict[Hashable, Any]:
        with self._lock:
            known = self._known.get(tenant_id)
            if known is None or known[0] != version:
                known = self._known[tenant_id] = version, {}
            return known[1]


facts = Facts()
"""Those of this process."""
