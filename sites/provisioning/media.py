"""Pictures of a provisioning file, as images of the tenant."""

import hashlib
from types import TracebackType
from typing import Any, Self

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Collection

from sites.provisioning.fields import Picture
from sites.provisioning.ledger import Ledger
from tenancy.context import require_tenant_id, tenant_scope
from theme import uploads
from theme.models import SiteImage


class StoredFiles:
    """Remembers the files that a run stores, and deletes them if the run fails.

    The database rolls back by itself; a storage does not.
    """

    def __init__(self) -> None:
        self.names: list[tuple[int, str]] = []

    def add(self, name: str) -> None:
        """Remember a file of the current tenant."""
        self.names.append((require_tenant_id(), name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            return
        for tenant_id, name in self.names:
            with tenant_scope(tenant_id):
                default_storage.delete(name)


class Pictures:
    """The pictures of one property: each file becomes one image."""

    def __init__(self, ledger: Ledger, prefix: str, collection: Collection, files: StoredFiles):
        self.ledger = ledger
        self.prefix = prefix
        self.collection = collection
        self.files = files

    def image(self, picture: Picture) -> SiteImage | None:
        """Return the picture's image, made or brought up to date; None if people deleted it."""
        content = picture.file.read_bytes()
        # known by its content: files are moved and renamed, and two folders may have one name
        key = f"{self.prefix}.pictures[{hashlib.sha256(content).hexdigest()[:24]}]"
        wanted = {"alt": picture.alt.model_dump()}
        found = SiteImage.objects.filter(pk=self.ledger.refs.get(key) or None).first()
        image = found or SiteImage(collection=self.collection)

        def write() -> str:
            self._save(image, picture, content)
            return str(image.pk)

        written = self.ledger.settle(key, wanted, exists=found is not None, write=write)
        return image if found is not None or written else None

    def _save(self, image: SiteImage, picture: Picture, content: bytes) -> None:
        alt = picture.alt
        image.title = image.description = alt.pt
        image.description_en, image.description_es = alt.en or "", alt.es or ""
        file = uploads.cleaned(ContentFile(content), picture.file.name)
        image.file = file  # type: ignore[assignment]  # Django's own way to give one
        image.file_size = file.size
        image.save()
        self.files.add(image.file.name)


def images_of(pictures: Pictures, wanted: tuple[Picture, ...]) -> list[Any]:
    """Return the images of several pictures, without those that people deleted."""
    return [image for picture in wanted if (image := pictures.image(picture)) is not None]
