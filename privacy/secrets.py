"""Secrets that a tenant was given by others, such as tokens of their services: sealed, by name.

They lie under the keys of the vault, are sealed anew when those change, and are unreadable once
those are destroyed. All of it works for the tenant in scope, and may raise a `KeeperError` of
`privacy.keys`. A name is a constant or an id: never anything personal.
"""

from collections.abc import Callable
from contextlib import suppress

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from privacy import epochs
from privacy.enums import KeyState, Purpose
from privacy.models import Secret, TenantKey
from privacy.sealing import EpochKeys, seal_secret, unseal_secret
from tenancy.context import require_tenant_id

TRIES = 5


class UnknownSecret(LookupError):
    """There is no secret of that name: never, or no longer."""

    def __init__(self) -> None:
        super().__init__("There is no secret of that name.")


class Contended(RuntimeError):
    """A new epoch began each time; the same call may succeed later."""


@sensitive_variables()
def keep(name: str, value: bytes) -> None:
    """Keep a secret under a name, in the place of one that was there."""
    for _try in range(TRIES):
        keys = epochs.readable()
        if not keys:
            epochs.begin_first()
        elif _write(name, value, keys[0]):
            return
    raise Contended("A new epoch began each time.")


@sensitive_variables()
def read(name: str) -> bytes:
    """Return the secret of that name; raise `UnknownSecret`, or `Tampered` if it was changed."""
    for _try in range(TRIES):
        row = Secret.objects.filter(name=name).first()
        if row is None:
            raise UnknownSecret
        # unless the secret has moved on to an epoch that began meanwhile
        for keys in epochs.readable():
            if keys.epoch == row.epoch:
                return unseal_secret(bytes(row.sealed), name, keys)
    raise UnknownSecret


@sensitive_variables()
@transaction.atomic
def read_or_keep(name: str, make: Callable[[], bytes]) -> bytes:
    """Return the secret of that name, made if need be: one, whoever else asks at the same time."""
    with suppress(UnknownSecret):
        return read(name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"secret:{require_tenant_id()}:{name}"]
        )
    with suppress(UnknownSecret):
        return read(name)
    keep(name, make())
    return read(name)


def forget(name: str) -> bool:
    """Delete the secret of that name; False where there is none."""
    count, _by_model = Secret.objects.filter(name=name).delete()
    return bool(count)


@sensitive_variables()
@transaction.atomic
def _write(name: str, value: bytes, keys: EpochKeys) -> bool:
    """Write it while the epoch is current, which cannot end before this does; else False."""
    current = TenantKey.objects.select_for_update(no_key=True).filter(
        purpose=Purpose.CPF, epoch=keys.epoch, state=KeyState.CURRENT
    )
    if not current.first():
        return False
    sealed = seal_secret(value, name, keys)
    Secret.objects.update_or_create(name=name, defaults={"sealed": sealed, "epoch": keys.epoch})
    return True
