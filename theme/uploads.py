"""Distrust of pictures: what a file must be, and what of it is kept.

Everything that becomes a `SiteImage` passes here, whichever way it came. A picture is looked at in
its header before anything of it is decoded, and drawn anew from its pixels: what was hidden
beside them (places, dates, cameras, other files) is gone.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import get_sampling

from theme import pngs

FORMATS = {
    "avif": "AVIF",
    "gif": "GIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
"""What is tried, by ending: Pillow knows many more formats, some of which run other programs."""

KEPT = ("icc_profile", "transparency")
"""What Pillow knows of a picture that changes its colours; all else is left behind."""

MAX_SCANS = 40
"""Cameras and editors write ten scans into a progressive JPEG; thousands keep a decoder busy."""

DAMAGED = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError,
    RuntimeError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow's decoders raise on bytes that are not what they say."""


class BadPicture(ValidationError):
    """A file that is not fit to be a picture of a site. Its message is for whoever sent it."""


def check(file: IO[bytes], name: str) -> None:
    """Raise `BadPicture` unless the file is a whole, still picture of fit size and right name."""
    with _opened(file, name):
        pass


def cleaned(file: File[Any], name: str) -> ContentFile[bytes]:
    """Return the same picture, upright and without metadata. Raises `BadPicture`."""
    with _opened(file, name) as image:
        content = ContentFile(_encoded(image, file), name=name)
    content.is_clean_picture = True  # type: ignore[attr-defined]  # ours
    return content


def clean_in_place(upload: File[Any]) -> None:
    """Put the cleaned picture into an uploaded file, for whoever reads it from here on."""
    content = cleaned(upload, upload.name or "").read()
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.flush()
    upload.seek(0)
    upload.size = len(content)
    upload.is_clean_picture = True  # type: ignore[attr-defined]  # ours


def is_clean(file: Any) -> bool:
    """Say whether the file came from `cleaned` or passed `clean_in_place`."""
    return getattr(file, "is_clean_picture", False)


@contextmanager
def _opened(file: IO[bytes] | File[Any], name: str) -> Iterator[Image.Image]:
    wanted = _format_of(name)
    _check_weight(file)
    try:
        with warnings.catch_warnings():
            # Our own limit, below, is the lower one.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=sorted({*FORMATS.values()})) as image:
                _check_header(image, wanted, name)
                _check_data(file)
                image.load()
                yield image
    except Image.DecompressionBombError:
        raise _too_large() from None
    except BadPicture:
        raise
    except DAMAGED:
        reason = _("A imagem está danificada ou não é de um formato aceito.")
        raise BadPicture(reason, code="damaged") from None


def _format_of(name: str) -> str:
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS or ending not in settings.WAGTAILIMAGES_EXTENSIONS:
        allowed = ", ".join(settings.WAGTAILIMAGES_EXTENSIONS)
        reason = _("O nome da imagem tem de terminar em: %s.") % allowed
        raise BadPicture(reason, code="ending")
    return FORMATS[ending]


def _check_weight(file: IO[bytes] | File[Any]) -> None:
    limit: int = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    size = file.seek(0, 2) or file.tell()
    file.seek(0)
    if size > limit:
        raise BadPicture(_("A imagem tem mais de %d MB.") % (limit // 1024**2), code="heavy")


def _check_header(image: Image.Image, wanted: str, name: str) -> None:
    """Judge by what the header says; nothing is decoded yet."""
    if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_large()
    # phones put a second picture, of brightness, behind a JPEG: Pillow calls both together MPO
    if {"MPO": "JPEG"}.get(image.format or "", image.format) != wanted:
        ending = PurePath(name).suffix.lower()
        reason = _("O arquivo não é o que a terminação do nome, “%s”, diz.") % ending
        raise BadPicture(reason, code="disguised")
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise BadPicture(_("A imagem é animada: envie uma imagem parada."), code="animated")


def _check_data(file: IO[bytes] | File[Any]) -> None:
    """Judge by what is there to decode: no decoder is kept busier than the picture is worth."""
    position = file.tell()
    file.seek(0)
    content = file.read()
    file.seek(position)
    if content[:2] == b"\xff\xd8" and content.count(b"\xff\xda") > MAX_SCANS:
        raise BadPicture(_("A imagem tem etapas demais: salve-a de novo."), code="scans")
    if pngs.overflows(content):
        raise BadPicture(_("A imagem está danificada ou não é de um formato aceito."), "damaged")


def _too_large() -> BadPicture:
    millions = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 10**6
    return BadPicture(_("A imagem tem mais de %d milhões de pixels.") % millions, code="large")


def _encoded(image: Image.Image, file: File[Any]) -> bytes:
    upright = ImageOps.exif_transpose(image)
    upright.info = {key: value for key, value in image.info.items() if key in KEPT}
    target = BytesIO()
    format = {"MPO": "JPEG"}.get(image.format or "", image.format)
    upright.save(target, format, **_options(image, format or "", file))
    return target.getvalue()


def _options(image: Any, format: str, file: File[Any]) -> dict[str, Any]:
    """Return what keeps the looks: a JPEG's own tables, or more quality than eyes can tell."""
    if format == "JPEG":
        return {
            "qtables": image.quantization,
            "subsampling": get_sampling(image),
            "progressive": bool(image.info.get("progressive")),
            "optimize": True,
        }
    if format == "WEBP":
        file.seek(0)
        return {"lossless": b"VP8L" in file.read(64), "quality": 92}
    return {"quality": 88, "speed": 8} if format == "AVIF" else {}
