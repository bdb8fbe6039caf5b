"""Videos that browsers send to the bucket, past us; only a small form of them comes here.

What was sent lies in a folder of its own, which a rule of the bucket empties every day, until it
has been looked at. It becomes a document in the same step in which the document's row is made.
"""

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.documents.forms import BaseDocumentForm

from tenancy.models import User
from tenancy.storage import NotNow
from theme import documents
from theme.documents import VIDEOS, BadDocument, extension_of

if TYPE_CHECKING:
    from tenancy.storage_s3 import TenantS3Storage

SALT = "theme.large_files"
DAY = 24 * 3600
ABSENT = gettext_noop("O vídeo não chegou: envie-o de novo.")


@dataclass(frozen=True)
class Promise:
    """What somebody was given a form for: where, under which name, how large."""

    name: str
    file_name: str
    size: int
    user_id: str


def is_offered() -> bool:
    """Say whether files are in a bucket; on the disk there is nothing to send them past."""
    return hasattr(storages["default"], "upload_form")


def begin(*, file_name: str, size: int, user: User) -> dict[str, Any]:
    """Return the form that a browser sends that video with, and the token that finishes it.

    Raises `BadDocument` for a file that is none, or too large.
    """
    ending = extension_of(file_name)
    if ending not in VIDEOS:
        raise BadDocument(_("Envie um vídeo: %s.") % ", ".join(sorted(VIDEOS)), code="ending")
    if not 0 < size <= settings.MEDIA_LARGE_BYTES:
        most = settings.MEDIA_LARGE_BYTES // 1024**2
        raise BadDocument(_("O vídeo tem mais de %d MB.") % most, code="heavy")
    form = _bucket().upload_form(ending, size=size)
    promise = Promise(form.name, _fit(file_name, ending), size, str(user.pk))
    return {
        "method": form.method,
        "url": form.url,
        "fields": form.fields,
        "headers": form.headers,
        "token": signing.dumps(asdict(promise), salt=SALT),
    }


def _fit(file_name: str, ending: str) -> str:
    """Return the name that a video is kept under, even if only its ending can be kept."""
    name = get_valid_filename(file_name)
    return name if extension_of(name) == ending else f"video.{ending}"


def finish(form: BaseDocumentForm, *, token: str, user: User) -> None:
    """Make what was sent the file of the form's document, and save it.

    Raises `BadDocument`, and then nothing of what was sent is left; and `NotNow`, and then the
    token is as good as before.
    """
    promise = _kept(token, user)
    bucket = _bucket()
    try:
        etag = _judged(bucket, promise)
        name = _adopted(bucket, promise, etag)
        _save(form, name, promise.size, user)
    except NotNow:
        raise
    except BaseException:
        _discard(bucket, promise)
        raise
    _discard(bucket, promise)


def _adopted(bucket: "TenantS3Storage", promise: Promise, etag: str) -> str:
    try:
        return bucket.adopt(promise.name, etag, f"documents/{promise.file_name}")
    except FileNotFoundError:  # the same form came twice at once
        raise BadDocument(_(ABSENT), code="absent") from None


def _save(form: BaseDocumentForm, name: str, size: int, user: User) -> None:
    """Save a document with that file; without the document, there is no such file either."""
    try:
        with transaction.atomic():
            form.instance.file.name = name
            form.instance.file_size = size
            form.instance.uploaded_by_user = user
            form.save()
    except BaseException:
        _bucket().delete(name)
        raise


def _discard(bucket: "TenantS3Storage", promise: Promise) -> None:
    with suppress(NotNow):  # the rule of the bucket deletes it within a day
        bucket.discard(promise.name)


def name_of(token: str, user: User) -> str:
    """Return the name of the video that a token finishes, "" for none."""
    try:
        return _kept(token, user).file_name
    except BadDocument:
        return ""


def _judged(bucket: "TenantS3Storage", promise: Promise) -> str:
    """Return the version of what was sent that is the promised video."""
    try:
        arrived = bucket.arrived(promise.name)
    except FileNotFoundError:
        raise BadDocument(_(ABSENT), code="absent") from None
    documents.check(ContentFile(arrived.head), promise.file_name)
    if arrived.size != promise.size:
        raise BadDocument(_("O vídeo não chegou inteiro: envie-o de novo."), code="part")
    return arrived.etag


def _kept(token: str, user: User) -> Promise:
    try:
        promise = Promise(**signing.loads(token, salt=SALT, max_age=DAY))
    except signing.BadSignature:
        promise = None
    if promise is None or promise.user_id != str(user.pk):
        raise BadDocument(_("O envio não vale mais: comece de novo."), code="expired")
    return promise


def _bucket() -> "TenantS3Storage":
    return storages["default"]  # type: ignore[return-value]  # asked by is_offered
