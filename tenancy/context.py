"""The one place where the current tenant lives."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

PLATFORM_ID = 0
"""The platform is a tenant of its own: its operators are members of it."""


class NoTenant(RuntimeError):
    """Something that belongs to a tenant was touched outside `tenant_scope()`."""


class HasPk(Protocol):
    """A saved `Tenant`; this module must not import models."""

    @property
    def pk(self) -> int: ...


_current: ContextVar[int | None] = ContextVar("tenant_id", default=None)
_bypassing: ContextVar[bool] = ContextVar("bypassing", default=False)


def current_tenant_id() -> int | None:
    """Return the id of the tenant in scope, or None outside any."""
    return _current.get()


def require_tenant_id() -> int:
    """Return the id of the tenant in scope; raise `NoTenant` outside any."""
    if (tenant_id := _current.get()) is None:
        raise NoTenant("No tenant is in scope: wrap the code in tenant_scope().")
    return tenant_id


@contextmanager
def tenant_scope(tenant: "HasPk | int") -> Iterator[None]:
    """Enter a tenant (or its id), and go back to whatever was before on the way out.

    Restoring, rather than clearing, is what keeps Wagtail's preview right: it runs the whole
    middleware chain again inside a request.
    """
    token = _current.set(tenant if isinstance(tenant, int) else int(tenant.pk))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def no_tenant() -> Iterator[None]:
    """Leave any tenant: what is scoped raises, and the database refuses guarded tables."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def bypassing() -> Iterator[None]:
    """Mark the block as one that sees all tenants' rows; `tenancy.escape` alone uses it."""
    token = _bypassing.set(True)
    try:
        yield
    finally:
        _bypassing.reset(token)


def is_bypassing() -> bool:
    """Say whether rows of all tenants can be seen, so that caches must not be touched."""
    return _bypassing.get()
