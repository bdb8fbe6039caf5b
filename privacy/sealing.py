"""How a CPF is found, sealed and opened: on plain values, with keys that are given.

The index is an HMAC: without the key nobody can list which CPFs are there, and under another
tenant's key, or another epoch's, the same CPF has another one. The CPF is sealed under a key of
the subject's own, and that under the tenant's; both are bound to the place at which they lie.
"""

import hmac
import os
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from privacy.keys import KEY_BYTES, NONCE_BYTES, Context, canonical


class Tampered(Exception):
    """A sealed value is not what was sealed for this tenant, subject and field."""


@dataclass(frozen=True, slots=True)
class EpochKeys:
    """A tenant's keys of one epoch, each for one use."""

    tenant_id: int
    epoch: int
    index: bytes = field(repr=False)
    sealing: bytes = field(repr=False)
    secrets: bytes = field(repr=False)
    signing: bytes = field(repr=False)


class Sealed(NamedTuple):
    """A CPF that is sealed, and the key that opens it, sealed as well."""

    cpf: bytes
    data_key: bytes


def derive(key: bytes, context: Context, epoch: int) -> EpochKeys:
    """Return the keys of an epoch, from the tenant's one key and what that is wrapped for."""

    def for_use(use: str) -> bytes:
        info = canonical({**context, "epoch": str(epoch), "use": use})
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)

    return EpochKeys(
        tenant_id=int(context["tenant"]),
        epoch=epoch,
        index=for_use("index"),
        sealing=for_use("sealing"),
        secrets=for_use("secrets"),
        signing=for_use("signing"),
    )


def index_of(cpf: str, keys: EpochKeys) -> bytes:
    """Return by what a CPF of 11 digits is found."""
    return hmac.digest(keys.index, b"cpf:v1:" + cpf.encode("ascii"), "sha256")


def seal(cpf: str, subject_id: UUID, keys: EpochKeys) -> Sealed:
    """Seal a CPF under a new key of the subject's."""
    data_key = os.urandom(KEY_BYTES)
    return Sealed(
        cpf=encrypt(data_key, cpf.encode("ascii"), _place(keys, subject_id, "cpf")),
        data_key=encrypt(keys.sealing, data_key, _place(keys, subject_id, "data_key")),
    )


def unseal(sealed: Sealed, subject_id: UUID, keys: EpochKeys) -> str:
    """Return the CPF; raise `Tampered` if it was sealed for another place, or changed since."""
    data_key = decrypt(keys.sealing, sealed.data_key, _place(keys, subject_id, "data_key"))
    return decrypt(data_key, sealed.cpf, _place(keys, subject_id, "cpf")).decode("ascii")


def seal_secret(value: bytes, name: str, keys: EpochKeys) -> bytes:
    """Seal a tenant's secret for the name under which it lies."""
    return encrypt(keys.secrets, value, _name(keys, name))


def unseal_secret(sealed: bytes, name: str, keys: EpochKeys) -> bytes:
    """Return the secret; raise `Tampered` if it was sealed under another name, or changed."""
    return decrypt(keys.secrets, sealed, _name(keys, name))


def _name(keys: EpochKeys, name: str) -> bytes:
    return canonical({"tenant": str(keys.tenant_id), "secret": name})


def _place(keys: EpochKeys, subject_id: UUID, name: str) -> bytes:
    return canonical({"tenant": str(keys.tenant_id), "subject": str(subject_id), "field": name})


def encrypt(key: bytes, plain: bytes, place: bytes) -> bytes:
    """Seal bytes under a key, for one place and no other."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place)


def decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Return what was sealed there; raise `Tampered` for what was not, or was changed."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise Tampered("A sealed value is not what was sealed here.") from None
