"""The epochs of a tenant's key: which there are, their keys, how one begins and how one ends.

Which epochs are readable the database says each time, so that all processes agree and a key that
is shredded is of use to none. Memory keeps only what the key service has unwrapped, for minutes.
"""

import threading

from cachetools import TTLCache
from django.db import transaction
from django.db.models import Exists, OuterRef

from privacy.enums import READABLE, KeyState, Purpose
from privacy.keyring import keyring
from privacy.keys import Context
from privacy.models import Secret, TenantKey, VaultEntry
from privacy.sealing import EpochKeys, derive
from tenancy import audit
from tenancy.context import require_tenant_id
from tenancy.scoped import TenantQuerySet

MINUTES = 5
MOST = 2048
"""Keys that a process holds; a tenant has one, two while it is being changed."""

_unwrapped: TTLCache[tuple[int, str], EpochKeys] = TTLCache(maxsize=MOST, ttl=MINUTES * 60)
_lock = threading.Lock()


def readable() -> list[EpochKeys]:
    """Return the keys of the tenant's readable epochs, the current one first; [] before the first.

    Raises a `KeeperError` of `privacy.keys`.
    """
    rows = _readable().order_by("-epoch")
    return [_keys_of(row) for row in rows]


def numbers() -> list[int]:
    """Return which epochs are readable, the current one first."""
    return list(_readable().order_by("-epoch").values_list("epoch", flat=True))


def begin(*, after: int) -> bool:
    """Begin the epoch that follows `after` (0: the first); False if somebody else has.

    Waits for those who are writing entries of the last epoch (`privacy.vault`): once it is over,
    none is added.
    """
    new = keyring().generate(_context())
    with transaction.atomic():
        TenantKey.objects.filter(purpose=Purpose.CPF, epoch=after, state=KeyState.CURRENT).update(
            state=KeyState.OLD
        )
        _key, is_new = TenantKey.objects.get_or_create(
            purpose=Purpose.CPF, epoch=after + 1, defaults={"wrapped": new.wrapped}
        )
        if is_new:
            audit.record("privacy.key.begin", _name(after + 1))
    return bool(is_new)


def begin_first() -> None:
    """Begin an epoch if none is readable: the first, or the one that follows those shredded."""
    states = dict(TenantKey.objects.filter(purpose=Purpose.CPF).values_list("epoch", "state"))
    if not set(states.values()) & set(READABLE):
        begin(after=max(states, default=0))


def retire() -> list[int]:
    """End the old epochs that nothing is of any more, and return them; their keys are gone."""
    entries = VaultEntry.objects.filter(epoch=OuterRef("epoch"))
    secrets = Secret.objects.filter(epoch=OuterRef("epoch"))
    with transaction.atomic():
        old = TenantKey.objects.select_for_update().filter(
            ~Exists(entries), ~Exists(secrets), purpose=Purpose.CPF, state=KeyState.OLD
        )
        ended = sorted(key.epoch for key in old)
        _destroy(TenantKey.objects.filter(purpose=Purpose.CPF, epoch__in=ended), KeyState.RETIRED)
        for epoch in ended:
            audit.record("privacy.key.retire", _name(epoch))
    return ended


def shred() -> list[int]:
    """Destroy the keys of all readable epochs: what they sealed is unreadable from now on."""
    with transaction.atomic():
        gone = sorted(key.epoch for key in _readable().select_for_update())
        _destroy(_readable(), KeyState.SHREDDED)
        for epoch in gone:
            audit.record("privacy.key.shred", _name(epoch))
    return gone


def shredded() -> list[int]:
    """Return the epochs whose keys were destroyed."""
    gone = TenantKey.objects.filter(purpose=Purpose.CPF, state=KeyState.SHREDDED)
    return list(gone.values_list("epoch", flat=True))


def forget() -> None:
    """Drop all keys that this process holds."""
    with _lock:
        _unwrapped.clear()


def _readable() -> TenantQuerySet:
    found: TenantQuerySet = TenantKey.objects.filter(purpose=Purpose.CPF, state__in=READABLE)
    return found


def _destroy(keys: TenantQuerySet, state: KeyState) -> None:
    keys.update(state=state, wrapped=b"")


def _keys_of(row: TenantKey) -> EpochKeys:
    name = require_tenant_id(), str(row.pk)
    with _lock:
        _unwrapped.expire()  # also those of tenants for whom nobody asks any more
        if (known := _unwrapped.get(name)) is not None:
            return known
    context = _context()
    keys = derive(keyring().unwrap(bytes(row.wrapped), context), context, row.epoch)
    with _lock:
        _unwrapped[name] = keys
    return keys


def _context() -> Context:
    return {"tenant": str(require_tenant_id()), "purpose": str(Purpose.CPF.value)}


def _name(epoch: int) -> str:
    return f"{Purpose.CPF.value}:{epoch}"
