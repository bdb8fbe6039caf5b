"""Files belong to tenants as rows do: every path begins with the tenant's public id."""

import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.encoding import filepath_to_uri

from tenancy import signatures
from tenancy.context import require_tenant_id

ROOT = "t/"
"""The folder of all tenants' folders: no file is kept outside it."""
PUBLIC = ("images/", "guests/")
"""Folders in a tenant's folder of what anybody may see; a name in them is never used twice."""


class NotNow(Exception):
    """What keeps the files cannot do it now; whoever asks again may have it."""


@lru_cache(maxsize=50_000)
def _public_id(tenant_id: int) -> str:
    from tenancy.models import Tenant  # noqa: PLC0415 (storages are built before models)

    return str(Tenant.objects.values_list("public_id", flat=True).get(pk=tenant_id))


def tenant_prefix() -> str:
    """Return the folder of the current tenant's files; raise `NoTenant` without one."""
    return f"{ROOT}{_public_id(require_tenant_id())}/"


def is_public(name: str) -> bool:
    """Say whether anybody may see a file of the tenant's own."""
    return name.removeprefix(tenant_prefix()).startswith(PUBLIC)


class TenantFiles:
    """A storage mixin: keeps files under the tenant's folder, and knows no others."""

    def generate_filename(self, filename: str) -> str:
        """Return the name under which a new file is kept, tenant's folder included."""
        name: str = super().generate_filename(filename)  # type: ignore[misc]  # a mixin of storages
        prefix = tenant_prefix()
        return name if name.startswith(prefix) else prefix + name

    def open(self, name: str, mode: str = "rb") -> File[Any]:
        """Open a file of the tenant's own."""
        return super().open(_own(name), mode)  # type: ignore[misc]  # a mixin of storages

    def save(self, name: str | None, content: File[Any], max_length: int | None = None) -> str:
        """Keep a file under a name that `generate_filename` made."""
        own = _own(name or content.name or "")
        return super().save(own, content, max_length)  # type: ignore[misc]  # a mixin of storages

    def exists(self, name: str) -> bool:
        """Say whether the tenant has such a file."""
        return super().exists(_own(name))  # type: ignore[misc]  # a mixin of storages

    def size(self, name: str) -> int:
        """Return how many bytes a file of the tenant's own has."""
        return super().size(_own(name))  # type: ignore[misc]  # a mixin of storages

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return the folders and files in a folder of the tenant's own."""
        return super().listdir(_own(path))  # type: ignore[misc]  # a mixin of storages

    def url(self, name: str | None) -> str:
        """Return where a file is seen: for good if it is public, else for a while only."""
        own = _own(name or "")
        if is_public(own):
            return f"{settings.MEDIA_PUBLIC_URL}{filepath_to_uri(own)}"
        return self.signed_url(own)

    def signed_url(self, name: str) -> str:
        """Return an address on the tenant's hosts that dies after `MEDIA_SIGNED_SECONDS`."""
        query = signatures.query_of(name, int(time.time()) + settings.MEDIA_SIGNED_SECONDS)
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}?{query}"

    def delete(self, name: str) -> None:
        """Delete a file of the tenant's own; a name in nobody's folder was never kept.

        Wagtail throws away the unsaved file of a rendition that another request was quicker
        to make: such a name has not been through `generate_filename`.
        """
        path = _plain(name)
        if path.startswith(ROOT) or ".." in path.split("/"):
            super().delete(_own(name))  # type: ignore[misc]  # a mixin of storages


def _plain(name: str) -> str:
    return str(name).replace("\\", "/")


def _own(name: str) -> str:
    path = _plain(name)
    if not path.startswith(tenant_prefix()) or ".." in path.split("/"):
        raise SuspiciousFileOperation("The file belongs to another tenant.")
    return name


class TenantFileSystemStorage(TenantFiles, FileSystemStorage):  # type: ignore[misc]  # the mixin's names are str
    """Files on this machine's disk."""
