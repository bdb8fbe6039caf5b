"""AWS KMS, over HTTP, as strict as the real one where moto is not.

Moto joins the words of a context before it compares, and lets keys that are disabled or about to
be deleted go on; the real service does neither. What is asked beyond the documented is refused
loudly: a key that is not named, above all.
"""

import base64
import json
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.fakes import serving
from tests.fakes.serving import Fault, Server, served

STATES = {"Disabled": "DisabledException", "PendingDeletion": "KMSInvalidStateException"}
KEY_ID_BYTES = 8


class Said(Exception):
    """An error as the service says it."""


@dataclass
class Key:
    """A key of the service's, which never leaves it."""

    state: str = "Enabled"
    material: bytes = field(default_factory=lambda: os.urandom(32))


@dataclass
class Kms:
    """The service. `trail` is what its log has of each call: the operation and the context."""

    keys: dict[str, Key] = field(default_factory=dict)
    denied: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    trail: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    url: str = ""

    def add_key(self) -> str:
        """Make a key, and return its id."""
        name = f"key-{len(self.keys):04}"
        self.keys[name] = Key()
        return name

    def answer(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Do what is asked; raise `Said` as the service would."""
        context = asked.get("EncryptionContext", {})
        self.trail.append((operation, context))
        if "KeyId" not in asked or not context:
            self.refused.append(f"{operation} without a key or a context")
            raise Said("ValidationException")
        if context in self.denied:
            raise Said("AccessDeniedException")
        if operation == "GenerateDataKey" and asked.get("KeySpec") == "AES_256":
            return self.generate(asked["KeyId"], context)
        if operation == "Decrypt":
            return self.decrypt(base64.b64decode(asked["CiphertextBlob"]), asked["KeyId"], context)
        self.refused.append(operation)
        raise Said("InvalidAction")

    def generate(self, key_id: str, context: dict[str, str]) -> dict[str, Any]:
        plain, nonce = os.urandom(32), os.urandom(12)
        sealed = AESGCM(self.usable(key_id).material).encrypt(nonce, plain, words(context))
        blob = key_id.encode() + nonce + sealed
        return {"KeyId": key_id, "Plaintext": text(plain), "CiphertextBlob": text(blob)}

    def decrypt(self, blob: bytes, key_id: str, context: dict[str, str]) -> dict[str, Any]:
        wrapped_by = blob[:KEY_ID_BYTES].decode("ascii", "replace")
        if wrapped_by not in self.keys:
            raise Said("InvalidCiphertextException")
        if wrapped_by != key_id:
            raise Said("IncorrectKeyException")
        cipher, rest = AESGCM(self.usable(key_id).material), blob[KEY_ID_BYTES:]
        try:
            plain = cipher.decrypt(rest[:12], rest[12:], words(context))
        except (InvalidTag, ValueError):
            raise Said("InvalidCiphertextException") from None
        return {"KeyId": key_id, "Plaintext": text(plain)}

    def usable(self, key_id: str) -> Key:
        if key_id not in self.keys:
            raise Said("NotFoundException")
        key = self.keys[key_id]
        if key.state in STATES:
            raise Said(STATES[key.state])
        return key


def words(context: dict[str, str]) -> bytes:
    return repr(sorted(context.items())).encode()


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Handler(serving.Handler):
    """The service over HTTP: JSON 1.1, the operation in a header."""

    always = {"Content-Type": "application/x-amz-json-1.1"}
    server: Server[Kms]

    def do_POST(self) -> None:  # noqa: N802 (a name of the library)
        service = self.server.service
        asked = json.loads(self.body())
        if service.faults:
            return self.go_wrong(service.faults.pop(0))
        operation = self.headers["X-Amz-Target"].removeprefix("TrentService.")
        try:
            return self.send(200, json.dumps(service.answer(operation, asked)).encode())
        except Said as said:
            return self.send(400, json.dumps({"__type": str(said), "message": "…"}).encode())


def running(service: Kms) -> AbstractContextManager[Kms]:
    """Serve it on a port of its own."""
    return served(service, Handler)
