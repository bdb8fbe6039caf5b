"""One tenant's objects of every kind that the admin's addresses name, made when first asked for."""

from collections.abc import Callable
from typing import Any

from tenancy.context import tenant_scope
from tenancy.models import Tenant

MAKERS: dict[str, Callable[["World"], Any]] = {}


def kind(make: Callable[["World"], Any]) -> Callable[["World"], Any]:
    """Register how an object of that name comes about."""
    MAKERS[make.__name__] = make
    return make


class World:
    """The objects of one tenant, by kind: `world["page"]`. `mark` begins every text of theirs."""

    def __init__(self, tenant: Tenant, mark: str) -> None:
        self.tenant = tenant
        self.mark = mark
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            with tenant_scope(self.tenant):
                self._made[name] = MAKERS[name](self)
        return self._made[name]

    def fill(self) -> "World":
        """Make one of everything."""
        for name in MAKERS:
            self[name]
        return self

    def say(self, text: str) -> str:
        """Return a text that shows whose it is."""
        return f"{self.mark}{text}"
