"""The vault: who a CPF is, as a random id, and which CPF that was.

Everything else stores the id, which tells nothing and is another one at each tenant. A CPF
leaves the vault by `reveal` alone. All of it works for the tenant in scope, and may raise a
`KeeperError` of `privacy.keys` where the key service does not answer or refuses.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from privacy import cpf as numbers
from privacy import epochs
from privacy.enums import KeyState, Purpose
from privacy.models import Secret, VaultEntry
from privacy.rotation import Progress, Rotated, rotate, silent
from privacy.sealing import EpochKeys, Sealed, Tampered, index_of, seal, unseal
from tenancy import audit
from tenancy.context import require_tenant_id
from tenancy.ids import uuid7
from tenancy.models import User

__all__ = [
    "Contended",
    "Rotated",
    "Tampered",
    "UnknownSubject",
    "erase",
    "find_subject",
    "reveal",
    "rotate",
    "shred_tenant",
    "subject_of",
]

TRIES = 5
BATCH = 1000

ADD = """
    WITH current AS (
        SELECT epoch FROM privacy_tenantkey
        WHERE tenant_id = %(tenant_id)s AND purpose = %(purpose)s AND epoch = %(epoch)s
        AND state = %(state)s FOR SHARE
    )
    INSERT INTO privacy_vaultentry
        (tenant_id, id, subject_id, cpf_index, cpf, data_key, epoch, created_at)
    SELECT %(tenant_id)s, %(id)s, %(subject_id)s, %(cpf_index)s, %(cpf)s, %(data_key)s,
        current.epoch, %(at)s
    FROM current
    ON CONFLICT DO NOTHING
    RETURNING subject_id
"""
"""Only while the epoch is current, which cannot end before the transaction does. So whoever knows
of the next epoch finds all entries of this one, and nobody gets a second under another index."""


class UnknownSubject(LookupError):
    """The vault has no such subject: never, or no longer."""

    def __init__(self) -> None:
        super().__init__("The vault has no such subject.")


class Contended(RuntimeError):
    """Others were faster each time; the same call may succeed later."""


@sensitive_variables()
def subject_of(cpf: str) -> UUID:
    """Return the id of a CPF's holder, made if need be: one, whoever else asks at the same time.

    Raises `InvalidCpf`.
    """
    cpf = numbers.normalise(cpf)
    for _try in range(TRIES):
        keys = epochs.readable()
        if not keys:
            epochs.begin_first()
        elif found := _find(cpf, keys) or _add(cpf, keys[0]):
            return found
    raise Contended("Others were faster each time.")


@sensitive_variables()
def find_subject(cpf: str) -> UUID | None:
    """Return the id of a CPF's holder, or None where there is none. Raises `InvalidCpf`."""
    cpf = numbers.normalise(cpf)
    for _try in range(TRIES):
        keys = epochs.readable()
        found = _find(cpf, keys)
        # an entry may have moved to an epoch that began meanwhile; whoever is found takes as long
        is_sure = epochs.numbers() == [each.epoch for each in keys]
        if found or is_sure:
            return found
    raise Contended("A new epoch began each time.")


@sensitive_variables()
def reveal(subject_id: UUID, *, actor: User | None = None) -> str:
    """Return a subject's CPF. Who asked is on record, for good, before it is opened.

    Not inside a transaction, which could take the record back. Raises `UnknownSubject`, and
    `Tampered` if the entry is not what was sealed.
    """
    with transaction.atomic(durable=True):
        audit.record("privacy.subject.reveal", _name(subject_id), actor=actor)
    for _try in range(TRIES):
        entry = VaultEntry.objects.filter(subject_id=subject_id).first()
        if entry is None:
            raise UnknownSubject
        # unless the entry has moved on to an epoch that began meanwhile
        for keys in epochs.readable():
            if keys.epoch == entry.epoch:
                sealed = Sealed(cpf=bytes(entry.cpf), data_key=bytes(entry.data_key))
                return unseal(sealed, subject_id, keys)
    raise UnknownSubject


@transaction.atomic
def erase(subject_id: UUID, *, actor: User | None = None) -> bool:
    """Forget a subject's CPF for good; False if the vault does not have it.

    What others stored under the id stays, and is nobody's. The same person, should they come
    again, gets another id.
    """
    count, _by_model = VaultEntry.objects.filter(subject_id=subject_id).delete()
    if count:
        audit.record("privacy.subject.erase", _name(subject_id), actor=actor)
    return bool(count)


def shred_tenant(*, batch: int = BATCH, progress: Progress = silent) -> int:
    """Destroy the tenant's keys, then delete what they sealed; return how many entries.

    With the keys all is unreadable at once, in replicas and dumps of the entries too. If it is
    stopped in the deletion, the next call goes on. A vault that is used again begins anew.
    """
    epochs.shred()
    epochs.forget()
    doomed = VaultEntry.objects.filter(epoch__in=epochs.shredded())
    total, done = doomed.count(), 0
    while keys := list(doomed.values_list("pk", flat=True)[:batch]):
        doomed.filter(pk__in=keys).delete()
        done += len(keys)
        progress(done, total)
    Secret.objects.filter(epoch__in=epochs.shredded()).delete()
    return done


def _find(cpf: str, keys: list[EpochKeys]) -> UUID | None:
    found: UUID | None = (
        VaultEntry.objects.filter(cpf_index__in=[index_of(cpf, each) for each in keys])
        .values_list("subject_id", flat=True)
        .first()
    )
    return found


def _add(cpf: str, keys: EpochKeys) -> UUID | None:
    """Return a new subject's id; None if somebody else has just made it, or the epoch is over."""
    subject_id = uuid4()
    sealed = seal(cpf, subject_id, keys)
    params: dict[str, Any] = {
        "tenant_id": require_tenant_id(),
        "purpose": Purpose.CPF.value,
        "epoch": keys.epoch,
        "state": KeyState.CURRENT.value,
        "id": uuid7(),
        "subject_id": subject_id,
        "cpf_index": index_of(cpf, keys),
        **sealed._asdict(),
        "at": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(ADD, params)
        return subject_id if cursor.fetchone() else None


def _name(subject_id: UUID) -> str:
    return f"subject:{subject_id}"
