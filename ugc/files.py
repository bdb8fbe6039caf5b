"""Where pictures lie: sealed files that nobody is served, and published ones that anybody is.

Both under the tenant's folder, each under a name that nobody can guess and that never comes again.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages

from privacy.boxes import Box
from tenancy.storage import is_public
from ugc.models import DoomedFile
from ugc.signals import files_doomed

SEALED = "sealed/"
PUBLISHED = "guests/"
UNCLAIMED = timedelta(hours=1)
"""How long a file may be in the making."""


class TooLate(Exception):
    """A file was in the making for so long that it has been given up."""


def keep_sealed(box: Box, content: bytes, *, at: datetime) -> str:
    """Seal content into a new file, which is doomed until it is claimed; return its name."""
    name = _doomed(SEALED, "bin", box, at)
    return default_storage.save(name, ContentFile(box.seal(_own(name), content)))


def read_sealed(box: Box, name: str) -> bytes:
    """Return what was sealed; raise `Tampered`, or FileNotFoundError."""
    with default_storage.open(name) as file:
        return box.unseal(_own(name), file.read())


def publish(box: Box, content: bytes, *, at: datetime) -> str:
    """Keep a picture that anybody may see, doomed until it is claimed; return its name."""
    name = _doomed(PUBLISHED, "webp", box, at)
    return _where(name).save(name, ContentFile(content))


def claim(names: Iterable[str]) -> None:
    """Let files stay, in the transaction in which something names them.

    Raises `TooLate` if one has been given up.
    """
    wanted = set(names)
    count, _by_model = DoomedFile.objects.filter(name__in=wanted).delete()
    if count != len(wanted):
        raise TooLate


def doom(submission_id: UUID, names: Iterable[str], *, at: datetime) -> None:
    """Have files deleted, once the transaction is over."""
    rows = [DoomedFile(submission_id=submission_id, name=name, due_at=at) for name in names if name]
    if rows:
        DoomedFile.objects.bulk_create(rows, ignore_conflicts=True)
        files_doomed.send(DoomedFile)


def give_up(submission_id: UUID, *, at: datetime) -> None:
    """Have the files that are being made for a submission deleted now: nothing will name them."""
    if DoomedFile.objects.filter(submission_id=submission_id, due_at__gt=at).update(due_at=at):
        files_doomed.send(DoomedFile)


def delete(name: str) -> None:
    """Delete a file, unless it is gone already."""
    _where(name).delete(name)


def _where(name: str) -> Storage:
    """Return what keeps a file: what anybody may see has a place of its own in a bucket."""
    return storages["public"] if is_public(name) else default_storage


def _doomed(folder: str, ending: str, box: Box, at: datetime) -> str:
    name = default_storage.generate_filename(f"{folder}{secrets.token_hex(16)}.{ending}")
    DoomedFile.objects.create(submission_id=box.box_id, name=name, due_at=at + UNCLAIMED)
    return name


def _own(name: str) -> str:
    return name.rpartition("/")[2]
