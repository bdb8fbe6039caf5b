"""A tenant's key is changed: a new epoch begins, and all entries move to it, batch by batch.

Meanwhile the vault is used as always: old entries are found and opened by the old key, new ones
come under the new. Each batch is a transaction of its own, and an entry's epoch says which key is
its own, so that a run which was stopped goes on where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from privacy import epochs
from privacy.models import Secret, VaultEntry
from privacy.sealing import (
    EpochKeys,
    Sealed,
    Tampered,
    index_of,
    seal,
    seal_secret,
    unseal,
    unseal_secret,
)
from tenancy.context import require_tenant_id

log = structlog.get_logger(__name__)

BATCH = 200

Progress = Callable[[int, int], None]
"""Is told, after each batch, how many entries are done, of how many."""

MOVE = """
    UPDATE privacy_vaultentry AS entry
    SET cpf_index = new.cpf_index, cpf = new.cpf, data_key = new.data_key, epoch = %s
    FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[], %s::bytea[])
        AS new (id, cpf_index, cpf, data_key)
    WHERE entry.tenant_id = %s AND entry.id = new.id
"""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation came to: the epoch that is current, and entries moved to it or left."""

    epoch: int
    moved: int
    left: int


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def rotate(*, batch: int = BATCH, progress: Progress = silent) -> Rotated:
    """Give the tenant a new key, and move all entries to it; or finish what was begun.

    Everything is sealed anew, under new keys of the subjects too. Entries that cannot be opened
    stay as they are, with the old key; they are `left`. Does nothing where there is no key yet.
    """
    readable = epochs.numbers()
    if not readable:
        return Rotated(epoch=0, moved=0, left=0)
    if len(readable) == 1:
        epochs.begin(after=readable[0])
    keys = epochs.readable()
    waiting = VaultEntry.objects.filter(epoch__lt=keys[0].epoch)
    moved = _move_all(waiting.count(), keys, batch, progress)
    _move_secrets(keys)
    epochs.retire()
    return Rotated(epoch=keys[0].epoch, moved=moved, left=waiting.count())


def _move_all(total: int, keys: list[EpochKeys], batch: int, progress: Progress) -> int:
    moved, after = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            entries = list(
                VaultEntry.objects.select_for_update()
                .filter(epoch__lt=keys[0].epoch, pk__gt=after)
                .order_by("pk")[:batch]
            )
            moved += _move(entries, keys)
        if not entries:
            return moved
        after = entries[-1].pk
        progress(moved, total)


@sensitive_variables()
def _move(entries: list[VaultEntry], keys: list[EpochKeys]) -> int:
    by_epoch = {each.epoch: each for each in keys}
    rows: list[tuple[UUID, bytes, bytes, bytes]] = []
    for entry in entries:
        sealed = Sealed(cpf=bytes(entry.cpf), data_key=bytes(entry.data_key))
        try:
            cpf = unseal(sealed, entry.subject_id, by_epoch[entry.epoch])
        except (Tampered, KeyError):
            log.error("vault.entry_unreadable", subject=str(entry.subject_id), epoch=entry.epoch)
            continue
        rows.append((entry.pk, index_of(cpf, keys[0]), *seal(cpf, entry.subject_id, keys[0])))
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [keys[0].epoch, *columns, require_tenant_id()])
    return len(rows)


@sensitive_variables()
@transaction.atomic
def _move_secrets(keys: list[EpochKeys]) -> None:
    """Seal the tenant's secrets, of which there are few, anew."""
    by_epoch = {each.epoch: each for each in keys}
    old = Secret.objects.select_for_update().filter(epoch__lt=keys[0].epoch)
    for row in old.order_by("name"):  # as whoever writes several of them locks them
        try:
            value = unseal_secret(bytes(row.sealed), row.name, by_epoch[row.epoch])
        except (Tampered, KeyError):
            log.error("vault.secret_unreadable", secret=row.name, epoch=row.epoch)
            continue
        row.sealed, row.epoch = seal_secret(value, row.name, keys[0]), keys[0].epoch
        row.save(update_fields=["sealed", "epoch"])
