"""From a request's host to what is served there: read on every request, so kept close.

The map is looked up in this process, then in Redis, then in the database. Unknown hosts are
remembered in this process alone, apart from the others: a stranger's second try costs no query,
and however many names strangers make up, they fill neither Redis nor the map.

Domains are part of a tenant's content. Where its version is followed, as wherever pages are kept,
no host is believed that was read before the present one: a page that was rendered by such a host
would be one of the new version, though it may be another tenant's by now, or nobody's.
"""

from dataclasses import asdict, dataclass
from threading import Lock
from uuid import uuid4

import idna
from cachetools import TTLCache
from django.core.cache import caches
from django.db import ProgrammingError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from psycopg.errors import InsufficientPrivilege, UndefinedTable

from tenancy.context import tenant_scope
from tenancy.enums import HostKind, TenantStatus
from tenancy.models import ContentVersion, Domain, Tenant
from tenancy.store.versions import versions

LOCAL_SECONDS = 5
"""How long a process may serve what another has changed."""
SHARED_SECONDS = 3600
LONGEST = 260
"""Characters of a host that is worth reading: a name's 253, a last dot, and a port."""

_local: "TTLCache[str, Host]" = TTLCache(maxsize=50_000, ttl=LOCAL_SECONDS)
_unknown: "TTLCache[str, None]" = TTLCache(maxsize=10_000, ttl=LOCAL_SECONDS)
_lock = Lock()


class BadHost(ValueError):
    """A host name that no domain can have."""


class NotReady(Exception):
    """The map is not there to be read: the schema is still being built."""


@dataclass(frozen=True, slots=True)
class Host:
    """What a host name serves. `redirect_to` is the primary host if this one is an alias.

    `version` is the one that the tenant's content had when this was read, or an earlier one.
    """

    name: str
    tenant_id: int
    kind: str
    redirect_to: str = ""
    is_suspended: bool = False
    version: int = 0

    @property
    def is_present(self) -> bool:
        """Say whether nothing has changed since, as far as this process knows."""
        return not versions.are_known or self.version >= versions.of(self.tenant_id)


def normalise(host: str) -> str:
    """Return a host as domains are kept: lower case, A-labels, no port, no trailing dot.

    Raises `BadHost` for what is no host name; addresses in brackets are none of ours.
    """
    if len(host) > LONGEST:
        raise BadHost(host[:LONGEST])
    name = host.strip().lower()
    name = name.rsplit(":", 1)[0] if name.rsplit(":", 1)[-1].isdigit() else name
    name = name.removesuffix(".")
    try:
        return idna.encode(name, uts46=True).decode() if not name.isascii() else _checked(name)
    except idna.IDNAError as error:
        raise BadHost(host) from error


def _checked(name: str) -> str:
    labels = name.split(".")
    fits = 0 < len(name) <= 253 and all(0 < len(label) <= 63 for label in labels)
    plain = all(label.replace("-", "").replace("_", "").isalnum() for label in labels)
    if not (fits and plain):
        raise BadHost(name)
    return name


def resolve(name: str) -> Host | None:
    """Return what a normalised host serves, or None for a stranger's."""
    with _lock:
        host = _local.get(name)
        if host is not None and host.is_present:
            return host
        if name in _unknown:
            return None
    host, generation = _from_redis(name)
    if host is None and (host := _from_database(name)):
        _to_redis(host, generation)
    with _lock:
        if host is None:
            _unknown[name] = None
        else:
            _local[name] = host
    return host


def forget(*names: str) -> None:
    """Look the hosts up again, once the transaction that changes them is committed.

    Each gets a new generation, so that a request which has read the row before the commit
    cannot put it back into Redis after it.
    """

    def drop() -> None:
        with _lock:
            for name in names:
                _local.pop(name, None)
                _unknown.pop(name, None)
        generations = {_generation_key(name): uuid4().hex for name in names}
        caches["platform"].delete_many(_key(name) for name in names)
        caches["platform"].set_many(generations, 2 * SHARED_SECONDS)

    transaction.on_commit(drop)


def clear_local() -> None:
    """Empty this process's map (after a fork, between tests)."""
    with _lock:
        _local.clear()
        _unknown.clear()


def _key(name: str) -> str:
    return f"host:{name}"


def _generation_key(name: str) -> str:
    return f"host-generation:{name}"


def _from_redis(name: str) -> tuple[Host | None, str | None]:
    """Return the host, if what is kept is of its present generation, and that generation."""
    key, generation_key = _key(name), _generation_key(name)
    found = caches["platform"].get_many([key, generation_key])
    generation = found.get(generation_key)
    kept = found.get(key)
    if kept is None or kept["generation"] != generation:
        return None, generation
    host = Host(**kept["host"])
    return host if host.is_present else None, generation


def _to_redis(host: Host, generation: str | None) -> None:
    value = {"host": asdict(host), "generation": generation}
    caches["platform"].set(_key(host.name), value, SHARED_SECONDS)


def _from_database(name: str) -> Host | None:
    # Outside any tenant on purpose: the tables' policies let everybody read the map.
    own = QuerySet(ContentVersion).filter(tenant_id=OuterRef("tenant_id")).values("version")
    rows = QuerySet(Domain).filter(host=name, verified_at__isnull=False)
    try:
        domain = rows.annotate(version=Subquery(own)).first()
    except ProgrammingError as error:
        if isinstance(error.__cause__, UndefinedTable | InsufficientPrivilege):
            raise NotReady(str(error)) from error
        raise
    if domain is None:
        return None
    with tenant_scope(domain.tenant_id):
        status = Tenant.objects.values_list("status", flat=True).get(pk=domain.tenant_id)
        primary = _primary_of(domain)
    return Host(
        name=name,
        tenant_id=domain.tenant_id,
        kind=domain.kind,
        redirect_to=primary if primary != name else "",
        is_suspended=status == TenantStatus.SUSPENDED,
        version=domain.version or 0,
    )


def _primary_of(domain: Domain) -> str:
    if domain.kind != HostKind.GUEST or domain.is_primary:
        return domain.host
    primary = Domain.objects.filter(property_id=domain.property_id, is_primary=True).first()
    return primary.host if primary else domain.host
