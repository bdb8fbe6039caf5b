"""What a company signs, so that its devices know it again without asking: Ed25519.

The private key is derived from the tenant's key and kept nowhere; a new epoch of that has another
one, and what an epoch signed is known for as long as the epoch is readable. All of it works for
the tenant in scope, and may raise a `KeeperError` of `privacy.keys`.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from privacy import epochs
from privacy.sealing import EpochKeys

SIGNATURE_BYTES = 64


@dataclass(frozen=True)
class Signer:
    """Signs under the key of one epoch."""

    epoch: int
    key: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


def signer() -> Signer:
    """Return who signs now; the tenant gets a key if it has none."""
    keys = epochs.readable()
    if not keys:
        epochs.begin_first()
        keys = epochs.readable()
    return Signer(keys[0].epoch, _private(keys[0]))


def public_keys() -> dict[int, bytes]:
    """Return by what signatures are known, for each epoch: 32 bytes that are no secret."""
    return {each.epoch: _public(each).public_bytes_raw() for each in epochs.readable()}


def is_signed(message: bytes, signature: bytes, epoch: int) -> bool:
    """Say whether the tenant has signed that, in an epoch that is still readable."""
    for keys in epochs.readable():
        if keys.epoch == epoch:
            return _verifies(_public(keys), message, signature)
    return False


def _verifies(key: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _private(keys: EpochKeys) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.signing)


def _public(keys: EpochKeys) -> Ed25519PublicKey:
    return _private(keys).public_key()
