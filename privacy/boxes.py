"""Boxes for what is too large, or too much, for the vault's own tables: pictures, addresses.

Each box has a key of its own, which lies wrapped beside it: whoever drops that has destroyed all
that is in the box, in copies and backups as well. Boxes' keys are wrapped under one secret of the
tenant's, which goes with the vault (`privacy.secrets`). May raise a `KeeperError`.
"""

import os
from dataclasses import dataclass, field
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from privacy import secrets
from privacy.keys import KEY_BYTES, canonical
from privacy.sealing import decrypt, encrypt
from tenancy.context import require_tenant_id

SECRET = "privacy.boxes"  # noqa: S105 (its name)


@dataclass(frozen=True, slots=True)
class Box:
    """A box that is open: it seals and unseals what has a name in it."""

    box_id: UUID
    key: bytes = field(repr=False)

    def seal(self, name: str, content: bytes) -> bytes:
        """Return the content, sealed for this box and this name."""
        return encrypt(self.key, content, _place(self.box_id, name))

    def unseal(self, name: str, sealed: bytes) -> bytes:
        """Return the content; raise `Tampered` if it was sealed elsewhere, or changed."""
        return decrypt(self.key, sealed, _place(self.box_id, name))


@sensitive_variables()
def make(box_id: UUID) -> tuple[Box, bytes]:
    """Return a new box, and its key, wrapped to be kept."""
    key = os.urandom(KEY_BYTES)
    return Box(box_id, key), encrypt(_secret(), key, _place(box_id, "key"))


@sensitive_variables()
def open_box(box_id: UUID, wrapped: bytes) -> Box:
    """Open a box with its wrapped key; raise `Tampered` if that is another's."""
    return Box(box_id, decrypt(_secret(), wrapped, _place(box_id, "key")))


def _secret() -> bytes:
    return secrets.read_or_keep(SECRET, lambda: os.urandom(KEY_BYTES))


def _place(box_id: UUID, name: str) -> bytes:
    tenant = str(require_tenant_id())
    return canonical({"tenant": tenant, "box": str(box_id), "name": name})
