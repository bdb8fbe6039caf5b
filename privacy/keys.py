"""Who keeps the keys: services that make keys for data, wrapped so that they alone unwrap them.

A key is wrapped for a context, and unwrapped for the same one only. Key services write contexts
into their logs, so a context never tells of a person.
"""

import base64
import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12

Context = Mapping[str, str]
"""What a key is wrapped for: `{"tenant": "7", "purpose": "cpf"}`."""


class KeeperError(Exception):
    """A key service did not do what it was asked."""


class Unavailable(KeeperError):
    """No answer: the same call may succeed later."""


class Refused(KeeperError):
    """The service will not: the key is disabled, to be deleted or unknown, or not ours to use."""


class Mismatch(Refused):
    """What was given is not what this service wrapped with this key for this context."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A new key: to be used, and wrapped to be kept."""

    plain: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


class Keeper(Protocol):
    """A key service."""

    def generate(self, context: Context) -> DataKey:
        """Return a new key of 32 bytes; raise a `KeeperError`."""

    def unwrap(self, wrapped: bytes, context: Context) -> bytes:
        """Return a key that was wrapped for this context; raise a `KeeperError`."""


def canonical(context: Context) -> bytes:
    """Return a context as bytes that no other context has."""
    return json.dumps(dict(context), sort_keys=True, separators=(",", ":")).encode()


class KeyFile:
    """A key service without a service: it wraps under a master key that the process holds."""

    def __init__(self, master: bytes) -> None:
        self._cipher = AESGCM(master)

    def generate(self, context: Context) -> DataKey:
        plain, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain, canonical(context))
        return DataKey(plain=plain, wrapped=nonce + sealed)

    def unwrap(self, wrapped: bytes, context: Context) -> bytes:
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        try:
            return self._cipher.decrypt(nonce, sealed, canonical(context))
        except (InvalidTag, ValueError):
            raise Mismatch("Not wrapped by this master key for this context.") from None


class Keyring:
    """Several key services as one: the first makes new keys, any unwraps what it has wrapped.

    So a master key is changed, or a service: the new one is put in front, and stays alone once
    everything is under its keys.
    """

    def __init__(self, keepers: Sequence[Keeper]) -> None:
        self._keepers = keepers

    def generate(self, context: Context) -> DataKey:
        return self._keepers[0].generate(context)

    def unwrap(self, wrapped: bytes, context: Context) -> bytes:
        errors: list[KeeperError] = []
        for keeper in self._keepers:
            try:
                return keeper.unwrap(wrapped, context)
            except KeeperError as error:
                errors.append(error)
        # as long as one has not answered, the key may be its own
        raise next((each for each in errors if isinstance(each, Unavailable)), errors[0])


def masters(text: str) -> list[bytes]:
    """Return the master keys in a text: each 32 bytes in Base64, between spaces or commas.

    Raises ValueError, which does not quote the text.
    """
    words = [word for word in re.split(r"[\s,]+", text) if word]
    try:
        keys = [base64.b64decode(word, validate=True) for word in words]
    except ValueError:
        raise ValueError("A master key is not in Base64.") from None
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError(f"A master key has {KEY_BYTES} bytes, and one is needed.")
    return keys


def make_key_file(path: Path) -> None:
    """Write a new master key to a file that the owner alone may read, unless it exists.

    It is there whole or not at all; who comes second takes the first one's.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent) as unfinished:
        unfinished.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        unfinished.flush()
        os.fsync(unfinished.fileno())
        with suppress(FileExistsError):
            os.link(unfinished.name, path)
